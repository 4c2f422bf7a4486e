; The installer for Windows: for one user, without an administrator.
; Silent: Cuelight-Setup.exe /S [/STARTUP] [/D=FOLDER]; the uninstaller: /S [/PURGE].
;   /STARTUP  starts Cuelight when the user signs in to Windows
;   /PURGE    removes settings and keyring items as well; without it a silent
;             uninstaller keeps them
Unicode true
Target amd64-unicode
SetCompressor /SOLID lzma
RequestExecutionLevel user
ManifestDPIAware true
!include MUI2.nsh
!include FileFunc.nsh
!include LogicLib.nsh

Name "Cuelight"
OutFile "${OUT}"
InstallDir "$LOCALAPPDATA\Programs\Cuelight"
InstallDirRegKey HKCU "Software\Cuelight" "Folder"
BrandingText "Cuelight ${VERSION}"
VIProductVersion "${NUMBER}.0"
VIAddVersionKey "ProductName" "Cuelight"
VIAddVersionKey "FileDescription" "Cuelight Setup"
VIAddVersionKey "FileVersion" "${VERSION}"
VIAddVersionKey "ProductVersion" "${VERSION}"
VIAddVersionKey "LegalCopyright" "MIT License"

!define UNINSTALL "Software\Microsoft\Windows\CurrentVersion\Uninstall\Cuelight"
!define RUN "Software\Microsoft\Windows\CurrentVersion\Run"
!define MUI_ICON "packaging\windows\cuelight.ico"
!define MUI_UNICON "packaging\windows\cuelight.ico"
!define MUI_FINISHPAGE_RUN "$INSTDIR\cuelight.exe"
!insertmacro MUI_PAGE_LICENSE "${SOURCE}\LICENSE.txt"
!insertmacro MUI_PAGE_COMPONENTS
!insertmacro MUI_PAGE_DIRECTORY
!insertmacro MUI_PAGE_INSTFILES
!insertmacro MUI_PAGE_FINISH
!insertmacro MUI_UNPAGE_CONFIRM
!insertmacro MUI_UNPAGE_INSTFILES
!insertmacro MUI_LANGUAGE "English"
!insertmacro MUI_LANGUAGE "Korean"

LangString WithWindows ${LANG_ENGLISH} "Start with Windows"
LangString WithWindows ${LANG_KOREAN} "Windows와 함께 시작"
LangString Running ${LANG_ENGLISH} "Cuelight is running. Quit it (also from the tray) and try again."
LangString Running ${LANG_KOREAN} "Cuelight가 실행 중입니다. 시스템 트레이에서도 종료한 뒤 다시 시도해 주세요."
LangString Purge ${LANG_ENGLISH} "Remove settings, drafts and logs, and the sign-ins, stream keys and passwords in Windows' Credential Manager as well?"
LangString Purge ${LANG_KOREAN} "설정, 초안, 로그와 Windows 자격 증명 관리자에 저장된 로그인 정보, 스트림 키, 비밀번호도 삭제할까요?"

; A program that runs can be neither replaced nor removed.
!macro RefuseRunning
	${If} ${FileExists} "$INSTDIR\cuelight.exe"
		ClearErrors
		FileOpen $0 "$INSTDIR\cuelight.exe" a
		${If} ${Errors}
			MessageBox MB_OK|MB_ICONEXCLAMATION "$(Running)" /SD IDOK
			SetErrorLevel 2
			Quit
		${EndIf}
		FileClose $0
	${EndIf}
!macroend

Section "Cuelight"
	SectionIn RO
	!insertmacro RefuseRunning
	SetOutPath "$INSTDIR"
	File "${SOURCE}\cuelight.exe"
	File "${SOURCE}\cuelight.com"
	File "${SOURCE}\LICENSE.txt"
	File "${SOURCE}\THIRD-PARTY-LICENSES.txt"
	WriteUninstaller "$INSTDIR\uninstall.exe"
	CreateShortcut "$SMPROGRAMS\Cuelight.lnk" "$INSTDIR\cuelight.exe"
	WriteRegStr HKCU "Software\Cuelight" "Folder" "$INSTDIR"
	WriteRegStr HKCU "Software\Classes\cuelight" "" "URL:Cuelight"
	WriteRegStr HKCU "Software\Classes\cuelight" "URL Protocol" ""
	WriteRegStr HKCU "Software\Classes\cuelight\DefaultIcon" "" '"$INSTDIR\cuelight.exe",0'
	WriteRegStr HKCU "Software\Classes\cuelight\shell\open\command" "" '"$INSTDIR\cuelight.exe" "%1"'
	WriteRegStr HKCU "${UNINSTALL}" "DisplayName" "Cuelight"
	WriteRegStr HKCU "${UNINSTALL}" "DisplayVersion" "${VERSION}"
	WriteRegStr HKCU "${UNINSTALL}" "DisplayIcon" "$INSTDIR\cuelight.exe"
	WriteRegStr HKCU "${UNINSTALL}" "Publisher" "The Cuelight developers"
	WriteRegStr HKCU "${UNINSTALL}" "InstallLocation" "$INSTDIR"
	WriteRegStr HKCU "${UNINSTALL}" "UninstallString" '"$INSTDIR\uninstall.exe"'
	WriteRegStr HKCU "${UNINSTALL}" "QuietUninstallString" '"$INSTDIR\uninstall.exe" /S'
	WriteRegDWORD HKCU "${UNINSTALL}" "NoModify" 1
	WriteRegDWORD HKCU "${UNINSTALL}" "NoRepair" 1
	${GetSize} "$INSTDIR" "/S=0K" $0 $1 $2
	WriteRegDWORD HKCU "${UNINSTALL}" "EstimatedSize" $0
SectionEnd

Section /o "$(WithWindows)" Startup
	WriteRegStr HKCU "${RUN}" "Cuelight" '"$INSTDIR\cuelight.exe"'
SectionEnd

Function .onInit
	${GetParameters} $0
	ClearErrors
	${GetOptions} $0 "/STARTUP" $1
	${IfNot} ${Errors}
		SectionSetFlags ${Startup} ${SF_SELECTED}
	${EndIf}
FunctionEnd

; Every item of Windows' Credential Manager that is Cuelight's. The system's calls
; are asked, since Windows' own command cannot delete by a part of the name.
Function un.RemoveKeyringItems
	System::Call 'advapi32::CredEnumerateW(w "cuelight*", i 0, *i .r1, *p .r2) i .r0'
	${If} $0 <> 0
		StrCpy $3 0
		${While} $3 < $1
			IntOp $4 $3 * 8
			System::Int64Op $2 + $4
			Pop $4
			System::Call '*$4(p .r5)'
			System::Call '*$5(i .r6, i .r7, w .r8)'
			System::Call 'advapi32::CredDeleteW(w r8, i r7, i 0) i .r9'
			IntOp $3 $3 + 1
		${EndWhile}
		System::Call 'advapi32::CredFree(p r2)'
	${EndIf}
FunctionEnd

Section "Uninstall"
	!insertmacro RefuseRunning
	${GetParameters} $0
	ClearErrors
	${GetOptions} $0 "/PURGE" $1
	${IfNot} ${Errors}
		StrCpy $R0 purge
	${Else}
		MessageBox MB_YESNO|MB_ICONQUESTION|MB_DEFBUTTON2 "$(Purge)" /SD IDNO IDNO kept
		StrCpy $R0 purge
		kept:
	${EndIf}
	Delete "$INSTDIR\cuelight.exe"
	Delete "$INSTDIR\cuelight.com"
	Delete "$INSTDIR\LICENSE.txt"
	Delete "$INSTDIR\THIRD-PARTY-LICENSES.txt"
	Delete "$INSTDIR\uninstall.exe"
	RMDir "$INSTDIR"
	Delete "$SMPROGRAMS\Cuelight.lnk"
	DeleteRegValue HKCU "${RUN}" "Cuelight"
	DeleteRegKey HKCU "Software\Cuelight"
	; Only while it is this one: another Cuelight may have been installed since.
	ReadRegStr $0 HKCU "Software\Classes\cuelight\shell\open\command" ""
	${If} $0 == '"$INSTDIR\cuelight.exe" "%1"'
		DeleteRegKey HKCU "Software\Classes\cuelight"
	${EndIf}
	DeleteRegKey HKCU "${UNINSTALL}"
	${If} $R0 == purge
		RMDir /r "$APPDATA\cuelight"
		RMDir /r "$APPDATA\fyne\kr.cuelight.app"
		RMDir "$APPDATA\fyne"
		RMDir /r "$LOCALAPPDATA\fyne\kr.cuelight.app"
		RMDir "$LOCALAPPDATA\fyne"
		Call un.RemoveKeyringItems
	${EndIf}
SectionEnd
