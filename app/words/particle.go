package words

import (
	"fmt"
	"strings"
	"text/template"
	"unicode"

	"golang.org/x/text/unicode/norm"
	"golang.org/x/text/width"
)

// functions are what sentences may call on their values.
var functions = template.FuncMap{"with_particle": withParticle}

// particles are the Korean particles that come in two forms: after a final
// consonant and without one.
var particles = [][2]string{
	{"을", "를"},
	{"은", "는"},
	{"이", "가"},
	{"과", "와"},
	{"으로", "로"},
	{"이나", "나"},
	{"이라", "라"},
}

// withParticle gives a value with the form of a particle that follows how the
// value is read aloud: {{with_particle .Field "을"}} is "제목을" and "ID를".
// The particle may be given in either of its forms.
func withParticle(given any, particle string) string {
	value := ""
	if given != nil {
		value = fmt.Sprint(given)
	}
	for _, forms := range particles {
		if particle != forms[0] && particle != forms[1] {
			continue
		}
		final := finalOf(value)
		if final == noFinal || final == finalRieul && forms[0] == "으로" {
			return value + forms[1]
		}
		return value + forms[0]
	}
	return value + particle // one form only, such as 에서
}

// final is how a word's last syllable ends in Korean.
type final int

const (
	// noFinal: in a vowel.
	noFinal final = iota
	// finalRieul: in ㄹ, after which 로 stands instead of 으로.
	finalRieul
	// finalOther: in any other consonant.
	finalOther
)

// finalOf gives the ending of the last syllable of a text as it is read. What is
// not read, such as a closing quotation mark or a note in brackets, is passed
// over. A script whose reading is not known counts as ending in a vowel.
func finalOf(text string) final {
	runes := spoken([]rune(width.Fold.String(norm.NFC.String(text))))
	if len(runes) == 0 {
		return noFinal
	}
	switch last := runes[len(runes)-1]; {
	case last >= '가' && last <= '힣':
		return finalOfSyllable(last)
	case last >= '0' && last <= '9':
		return finalOfDigit(last)
	case last <= unicode.MaxASCII && unicode.IsLetter(last):
		return finalOfLatin(lastWord(runes))
	case last == 'ん' || last == 'ン' || last >= 'ㄱ' && last <= 'ㅎ' && last != 'ㄹ':
		return finalOther
	case last == 'ㄹ':
		return finalRieul
	}
	return noFinal
}

// finalOfSyllable reads the final consonant off a syllable: they are numbered by
// their 28 finals, of which the first is none and the ninth ㄹ.
func finalOfSyllable(r rune) final {
	switch (r - '가') % 28 {
	case 0:
		return noFinal
	case 8:
		return finalRieul
	}
	return finalOther
}

// finalOfDigit follows the Sino-Korean numbers; a nought is 영, and as the last
// digit of ten, hundred or thousand ends in a consonant as well.
func finalOfDigit(r rune) final {
	switch r {
	case '1', '7', '8': // 일, 칠, 팔
		return finalRieul
	case '0', '3', '6': // 영, 삼, 육
		return finalOther
	}
	return noFinal // 이, 사, 오, 구
}

// spoken cuts off what is not read at the end of a text. Nothing is left of a
// text that has nothing to read.
func spoken(runes []rune) []rune {
	for len(runes) > 0 {
		last := runes[len(runes)-1]
		if last == '%' || unicode.IsLetter(last) || unicode.IsDigit(last) {
			return runes
		}
		runes = runes[:len(runes)-1]
		if last == ')' || last == ']' {
			opening := map[rune]rune{')': '(', ']': '['}[last]
			if at := lastIndex(runes, opening); at > 0 {
				runes = runes[:at]
			}
		}
	}
	return nil
}

func lastIndex(runes []rune, r rune) int {
	for i := len(runes) - 1; i >= 0; i-- {
		if runes[i] == r {
			return i
		}
	}
	return -1
}

// lastWord is the run of Latin letters at the end of a text.
func lastWord(runes []rune) string {
	at := len(runes)
	for at > 0 && runes[at-1] <= unicode.MaxASCII && unicode.IsLetter(runes[at-1]) {
		at--
	}
	return string(runes[at:])
}

// readAsWords are names in capitals that are read as a word, not letter by
// letter, by the word that is said.
var readAsWords = map[string]string{"SOOP": "숲", "AIR": "에어", "HOME": "홈"}

// finalOfLatin reads a Latin word as Korean does: capitals letter by letter, of
// which L and R end in ㄹ and M and N in a consonant; other words by their sound.
// A silent e is passed over, and a stop ends the syllable only after a short
// vowel: 챗, 북, but 라이트, 데스크.
func finalOfLatin(word string) final {
	if said, ok := readAsWords[word]; ok {
		return finalOf(said)
	}
	letters := []rune(strings.ToLower(word))
	n := len(letters)
	last := letters[n-1]
	capitals := word == strings.ToUpper(word)
	if !capitals && last == 'e' && n > 2 && strings.ContainsRune("lmn", letters[n-2]) {
		last, n = letters[n-2], n-1
	}
	switch last {
	case 'l':
		return finalRieul
	case 'm', 'n':
		return finalOther
	case 'r':
		if capitals {
			return finalRieul
		}
	case 'g':
		if !capitals && strings.HasSuffix(word, "ng") {
			return finalOther
		}
	case 'p', 't', 'k', 'c':
		if !capitals && endsShort(letters[:n-1]) {
			return finalOther
		}
	}
	return noFinal
}

// endsShort reports whether a word goes on after a short vowel: one vowel alone,
// or oo; ck counts as k.
func endsShort(before []rune) bool {
	s := strings.TrimSuffix(string(before), "c")
	if strings.HasSuffix(s, "oo") {
		return true
	}
	isVowel := func(at int) bool { return at >= 0 && strings.ContainsRune("aeiou", rune(s[at])) }
	return isVowel(len(s)-1) && !isVowel(len(s)-2)
}
