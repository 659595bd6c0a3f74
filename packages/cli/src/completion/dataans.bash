# Completion of dataans for bash.
# `dataans complete` answers with a line for each candidate, value and description with a tab
# between, or with :files or :folders where any path will do.
_dataans() {
  local current=$2 line path
  COMPREPLY=()
  # Only what is installed runs: a program called so in some folder does not, however it was typed.
  local program
  program=$(type -P -- "${1##*/}") && [[ $program == /* ]] || return
  while IFS= read -r line; do
    case $line in
      :files | :folders)
        local kind=-f
        [[ $line == :folders ]] && kind=-d
        compopt -o filenames
        while IFS= read -r path; do COMPREPLY+=("$path"); done < <(compgen "$kind" -- "$current")
        ;;
      *)
        COMPREPLY+=("$(printf '%q' "${line%%$'\t'*}")")
        ;;
    esac
  done < <("$program" complete -- "${COMP_WORDS[@]:1:COMP_CWORD}" 2>/dev/null)
}
complete -F _dataans dataans
