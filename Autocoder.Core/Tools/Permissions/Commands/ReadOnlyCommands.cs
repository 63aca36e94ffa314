namespace Autocoder.Core.Tools.Permissions.Commands;

/// <summary>The programs that are known to only look, with the options they are known to only look with.</summary>
/// <remarks>Read from the manuals of GNU coreutils 9, grep 3, findutils 4, sed 4, ripgrep 14, tree 2 and bash 5.2.</remarks>
internal static class ReadOnlyCommands
{
    private const string Digits = "0123456789";

    private static readonly CommandOptions NothingToSay = new() { ReadsFiles = false };

    private static readonly CommandOptions Sums = new("bz", "", "tag", "zero", "binary", "text");

    private static readonly CommandOptions Grep = new(
        "EFGPivwxcLlqsonHhTUzaIrRZbA" + Digits, "mABCeD",
        "extended-regexp", "fixed-strings", "basic-regexp", "perl-regexp", "ignore-case", "no-ignore-case", "invert-match", "word-regexp", "line-regexp",
        "count", "color", "color=", "colour=", "files-with-matches", "files-without-match", "max-count=", "only-matching", "quiet", "silent", "no-messages",
        "byte-offset", "with-filename", "no-filename", "line-number", "after-context=", "before-context=", "context=", "text", "binary-files=",
        "include=", "exclude=", "exclude-dir=", "recursive", "null", "regexp=")
    {
        TextFirst = 1,
        InsteadOfText = ["e", "regexp"],
    };

    private static readonly Dictionary<string, CommandOptions> Known = new(StringComparer.Ordinal)
    {
        ["pwd"] = new("LP") { ReadsFiles = false, MaxOperands = 0 },
        ["true"] = NothingToSay,
        ["false"] = NothingToSay,
        [":"] = NothingToSay,
        ["exit"] = NothingToSay,
        ["return"] = NothingToSay,
        ["break"] = NothingToSay,
        ["continue"] = NothingToSay,
        ["wait"] = NothingToSay,
        ["sleep"] = NothingToSay,
        ["seq"] = new("w" + Digits, "sf", "equal-width", "separator=", "format=") { ReadsFiles = false },
        ["basename"] = new("az", "s", "multiple", "suffix=", "zero") { ReadsFiles = false },
        ["dirname"] = new("z", "", "zero") { ReadsFiles = false },
        ["uname"] = new("asnrvmpio", "", "all") { ReadsFiles = false, MaxOperands = 0 },
        ["whoami"] = NothingToSay with { MaxOperands = 0 },
        ["id"] = new("agGnruz") { ReadsFiles = false },
        ["hostname"] = NothingToSay with { MaxOperands = 0 },
        ["arch"] = NothingToSay with { MaxOperands = 0 },
        ["nproc"] = new("", "", "all") { ReadsFiles = false, MaxOperands = 0 },
        ["uptime"] = new("ps") { ReadsFiles = false, MaxOperands = 0 },
        ["which"] = new("a") { ReadsFiles = false },
        ["type"] = new("afptP") { ReadsFiles = false },
        ["tr"] = new("cCdst", "", "complement", "delete", "squeeze-repeats", "truncate-set1") { ReadsFiles = false },
        ["ls"] = new(
            "aAbBcCdfFgGhHiklLmnNopqQrRsStuUvxXZ1", "ITw",
            "all", "almost-all", "author", "escape", "block-size=", "color", "color=", "directory", "classify", "file-type", "format=", "full-time",
            "group-directories-first", "no-group", "human-readable", "si", "inode", "ignore=", "hide=", "literal", "numeric-uid-gid", "reverse", "recursive",
            "size", "sort=", "time=", "time-style=", "width=", "zero"),
        ["cat"] = new("AbeEnstTuv", "", "show-all", "number-nonblank", "show-ends", "number", "squeeze-blank", "show-tabs", "show-nonprinting"),
        ["tac"] = new("br", "s"),
        ["rev"] = new(),
        ["head"] = new("qvz" + Digits, "nc", "bytes=", "lines=", "quiet", "silent", "verbose"),
        ["tail"] = new("qvz" + Digits, "nc", "bytes=", "lines=", "quiet", "silent", "verbose"),
        ["wc"] = new("cmlLw", "", "bytes", "chars", "lines", "max-line-length", "words"),
        ["nl"] = new("p", "bdfhilnsvw"),
        ["file"] = new("bikLhNr0z", "F", "brief", "mime", "mime-type", "mime-encoding", "dereference"),
        ["stat"] = new("Lft", "c", "dereference", "file-system", "format=", "printf=", "terse"),
        ["du"] = new("0abcDhHklLmsSx", "dBt", "all", "apparent-size", "total", "max-depth=", "human-readable", "summarize", "exclude="),
        ["df"] = new("ahHiklPT", "tx", "human-readable", "total"),
        ["tree"] = new("adfilxpsughDFJXCASNQ", "LPI", "gitignore", "dirsfirst", "noreport", "prune", "filelimit=", "charset="),
        ["readlink"] = new("femnqsvz", "", "canonicalize", "canonicalize-existing", "canonicalize-missing"),
        ["realpath"] = new("emLPqsz", "", "relative-to=", "relative-base="),
        ["cmp"] = new("bls", "in", "print-bytes", "verbose", "quiet", "silent"),
        ["diff"] = new("qsyteEiZbwBaNruc" + Digits, "UCWIx", "brief", "unified", "unified=", "context", "side-by-side", "recursive", "ignore-all-space", "color", "color=", "stat"),
        ["comm"] = new("123z", "", "check-order", "nocheck-order"),
        ["cut"] = new("nsz", "bcdf", "bytes=", "characters=", "delimiter=", "fields=", "complement", "only-delimited", "output-delimiter="),
        ["paste"] = new("sz", "d", "delimiters=", "serial"),
        ["column"] = new("txen", "csoN", "table", "separator=", "output-separator="),
        ["fold"] = new("bs" + Digits, "w", "bytes", "spaces", "width="),
        ["fmt"] = new("cstu" + Digits, "wg"),
        ["expand"] = new("i", "t"),
        ["unexpand"] = new("a", "t"),
        ["strings"] = new("afw" + Digits, "nte"),
        ["od"] = new("abcdfilosxv", "AjNtw"),
        ["hexdump"] = new("bcCdovx", "ns"),
        ["xxd"] = new("abceiupE", "cglos") { MaxOperands = 1 },
        ["uniq"] = new("cdDiuz" + Digits, "fsw", "count", "repeated", "unique", "ignore-case") { MaxOperands = 1 },
        ["sort"] = new("bdfgiMhnRrVcCmsuz", "kt", "ignore-case", "numeric-sort", "reverse", "unique", "key=", "field-separator=", "human-numeric-sort", "version-sort", "stable", "check"),
        ["md5sum"] = Sums,
        ["sha1sum"] = Sums,
        ["sha256sum"] = Sums,
        ["sha512sum"] = Sums,
        ["b2sum"] = Sums,
        ["cksum"] = new(),
        ["grep"] = Grep,
        ["egrep"] = Grep,
        ["fgrep"] = Grep,
        ["rg"] = new(
            "FiSsvwxclqonNHhaUpPuL0", "mABCegtTjEdM",
            "fixed-strings", "ignore-case", "smart-case", "case-sensitive", "invert-match", "word-regexp", "line-regexp", "count", "count-matches",
            "files-with-matches", "files-without-match", "max-count=", "only-matching", "quiet", "line-number", "no-line-number", "with-filename",
            "no-filename", "after-context=", "before-context=", "context=", "regexp=", "glob=", "iglob=", "type=", "type-not=", "hidden", "no-ignore",
            "multiline", "pcre2", "heading", "no-heading", "color=", "json", "sort=", "max-depth=", "vimgrep", "trim", "stats", "no-config")
        {
            TextFirst = 1,
            InsteadOfText = ["e", "regexp"],
        },
    };

    /// <summary>Finds what a program may be given; null when it is not known to only look.</summary>
    public static CommandOptions? Find(string name) => Known.GetValueOrDefault(name);

    /// <summary>Whether a program shows what is in the files it is given, so that it must not be given a file with secrets.</summary>
    public static bool ShowsFiles(string name) => name is not ("ls" or "stat" or "du" or "df" or "tree" or "file" or "wc" or "readlink" or "realpath") && Find(name) is { ReadsFiles: true };
}
