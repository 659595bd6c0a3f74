#compdef dataans
# Completion of dataans for zsh.
# `dataans complete` answers with a line for each candidate, value and description with a tab
# between, or with :files or :folders where any path will do.
_dataans() {
  local line
  local -a values descriptions
  while IFS= read -r line; do
    case $line in
      :files) _files; return ;;
      :folders) _files -/; return ;;
      *)
        values+=("${line%%$'\t'*}")
        descriptions+=("${line/$'\t'/  }")
        ;;
    esac
  done < <("${words[1]}" complete -- "${(@)words[2,CURRENT]}" 2>/dev/null)
  compadd -l -d descriptions -a values
}
if [[ ${funcstack[1]} == _dataans ]]; then
  _dataans "$@"
else
  (( $+functions[compdef] )) || { autoload -Uz compinit && compinit }
  compdef _dataans dataans
fi
