# Completion of dataans for fish.
# `dataans complete` answers with a line for each candidate, value and description with a tab
# between, or with :files or :folders where any path will do.
function __dataans_complete
    set -l words (commandline -opc)
    set -l current (commandline -ct)
    for line in ($words[1] complete -- $words[2..-1] "$current" 2>/dev/null)
        switch $line
            case :files
                __fish_complete_path "$current"
            case :folders
                __fish_complete_directories "$current" ''
            case '*'
                printf '%s\n' $line
        end
    end
end
complete -c dataans -f -a '(__dataans_complete)'
