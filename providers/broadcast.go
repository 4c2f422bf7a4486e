package providers

import (
	"time"

	"cuelight/internal/secret"
	"cuelight/internal/text"
)

// Ingest is where OBS sends to.
type Ingest struct {
	// Server is the RTMP address without the key: rtmp://host/app/.
	Server string
	// Key is the stream key: whoever holds it can broadcast as this user.
	Key secret.Text
}

// DisplayServer is the server without what may be a secret: user, password,
// query and fragment.
func (i Ingest) DisplayServer() string { return text.Address(i.Server) }

// Category is one of the categories that a broadcast can be in.
type Category struct {
	// Number is what the platform knows it by, as text that only the platform's
	// provider understands ("00040066", "GAME:League_of_Legends").
	Number string `json:"number"`
	// Name is in the locale that was asked for.
	Name string `json:"name"`
	// Parent is the Number of the group, empty for a top-level category.
	Parent string `json:"parent,omitempty"`
}

// Broadcast is what the platform holds about the user's broadcast. A platform
// fills the fields that its Limits name; the others stay zero.
type Broadcast struct {
	Title    string
	Category Category
	// Language is a locale code such as ko_KR.
	Language string
	// ViewerLimit is the largest number of viewers let in.
	ViewerLimit int
	// HasPassword reports that a password is asked for; platforms do not give it
	// back.
	HasPassword bool
	// Hidden keeps the broadcast out of lists.
	Hidden bool
	// AgeGrade is 0 for everybody or 19.
	AgeGrade int
	Hashtags []string
	// EndingMessage is shown when the broadcast ends.
	EndingMessage string
	// Standby keeps the broadcast open for StandbyMinutes (1–10) when it ends
	// unexpectedly.
	Standby        bool
	StandbyMinutes int
	// Watermark is the place of the age/lock mark: 1–3 top left to right, 4–6
	// bottom left to right.
	Watermark int
	// RefuseExploration shows that re-broadcasting is not allowed.
	RefuseExploration bool
	// PaidPromotion declares paid advertising.
	PaidPromotion bool
	// CoverURL and Activity are Tencent's.
	CoverURL string
	Activity int
}

// Patch is a change to a Broadcast: only the fields that are not nil are sent.
type Patch struct {
	Title    *string
	Category *string // a Category.Number
	Language *string

	ViewerLimit *int
	// Password switches the password on (non-empty) or off (empty).
	Password *secret.Text
	Hidden   *bool
	AgeGrade *int
	Hashtags *[]string

	EndingMessage     *string
	Standby           *bool
	StandbyMinutes    *int
	Watermark         *int
	RefuseExploration *bool
	PaidPromotion     *bool
	CoverURL          *string
	Activity          *int
}

// Empty reports whether nothing would be sent.
func (p Patch) Empty() bool { return p == Patch{} }

// Fields returns the fields that would be sent, StandbyMinutes as FieldStandby.
func (p Patch) Fields() []FieldID {
	var fields []FieldID
	for _, f := range []struct {
		id    FieldID
		given bool
	}{
		{FieldTitle, p.Title != nil},
		{FieldCategory, p.Category != nil},
		{FieldLanguage, p.Language != nil},
		{FieldViewerLimit, p.ViewerLimit != nil},
		{FieldPassword, p.Password != nil},
		{FieldHidden, p.Hidden != nil},
		{FieldAgeGrade, p.AgeGrade != nil},
		{FieldHashtags, p.Hashtags != nil},
		{FieldEndingMessage, p.EndingMessage != nil},
		{FieldStandby, p.Standby != nil || p.StandbyMinutes != nil},
		{FieldWatermark, p.Watermark != nil},
		{FieldExploration, p.RefuseExploration != nil},
		{FieldPaidPromotion, p.PaidPromotion != nil},
		{FieldCover, p.CoverURL != nil},
		{FieldActivity, p.Activity != nil},
	} {
		if f.given {
			fields = append(fields, f.id)
		}
	}
	return fields
}

// FieldID names a field of a Broadcast, for Limits and for errors.
type FieldID string

// The fields a platform may have.
const (
	FieldTitle         FieldID = "title"
	FieldCategory      FieldID = "category"
	FieldLanguage      FieldID = "language"
	FieldViewerLimit   FieldID = "viewers"
	FieldPassword      FieldID = "password"
	FieldHidden        FieldID = "hidden"
	FieldAgeGrade      FieldID = "grade"
	FieldHashtags      FieldID = "hashtags"
	FieldEndingMessage FieldID = "ending"
	FieldStandby       FieldID = "standby"
	FieldWatermark     FieldID = "watermark"
	FieldExploration   FieldID = "exploration"
	FieldPaidPromotion FieldID = "paid"
	FieldCover         FieldID = "cover"
	FieldActivity      FieldID = "activity"
)

// Limits are the fields that a platform has; a field that is not a key cannot
// be edited there.
type Limits map[FieldID]Limit

// Live is what the platform says about being on air.
type Live struct {
	OnAir bool
	// ID is the platform's number of the running broadcast.
	ID string
	// Title and Category are what viewers see now, where known.
	Title    string
	Category Category
	// Viewers is the number watching now; -1 where not known.
	Viewers int
	// Started is zero where not known.
	Started time.Time
	// WatchURL is the page to watch at; empty where not known.
	WatchURL string
}

// Identity is who an account turned out to be after signing in.
type Identity struct {
	// UserID is the login id, where the platform tells it.
	UserID string
	// Nick is the name viewers see.
	Nick string
}

// String names somebody for people: nickname and login id, or what is known of them.
func (i Identity) String() string {
	switch {
	case i.Nick == "" || i.Nick == i.UserID:
		return i.UserID
	case i.UserID == "":
		return i.Nick
	}
	return i.Nick + " (" + i.UserID + ")"
}

// Station is the user's home on the platform.
type Station struct {
	Nick, Name string
	// Picture is an address; may be empty.
	Picture string
	// Loyal is the number of loyal viewers; -1 where not known.
	Loyal int
	// LastBroadcast is zero where not known.
	LastBroadcast time.Time
}
