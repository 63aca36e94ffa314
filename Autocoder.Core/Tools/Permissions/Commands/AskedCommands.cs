namespace Autocoder.Core.Tools.Permissions.Commands;

/// <summary>Says why a command is asked about, and how much of it is worth a rule.</summary>
internal static class AskedCommands
{
    // What a rule may leave open at the end: these run the project's own build or tests, whatever they are told besides.
    private static readonly string[] Builds =
    [
        "dotnet build", "dotnet test", "dotnet restore", "dotnet format", "dotnet clean", "npm test", "npm run *", "npm ci", "pnpm test", "pnpm run *",
        "yarn test", "yarn run *", "yarn build", "bun test", "bun run *", "cargo build", "cargo test", "cargo check", "cargo clippy", "cargo fmt", "go build", "go test",
        "go vet", "pytest", "python -m pytest", "python3 -m pytest", "mvn test", "mvn package", "mvn verify", "./mvnw test", "./mvnw verify",
        "gradle test", "gradle build", "./gradlew test", "./gradlew build", "npx tsc", "npx eslint", "npx prettier", "npx jest", "npx vitest", "npx playwright test",
        "tsc", "eslint", "ruff check", "mypy", "node --test", "bundle exec rspec", "rspec", "mix test", "swift test", "swift build", "ctest", "phpunit", "deno test",
    ];

    private static readonly string[] Network = ["curl", "wget", "ssh", "scp", "sftp", "rsync", "nc", "ncat", "socat", "telnet", "ftp", "ping", "dig", "host", "nslookup", "getent"];
    private static readonly string[] Interpreters = ["python", "python3", "node", "perl", "ruby", "php", "lua", "deno", "bun", "awk", "gawk", "mawk", "osascript", "pwsh", "eval", "source", "."];
    private static readonly string[] Rules = ["alias", "shopt", "trap", "enable", "export", "declare", "typeset", "local", "readonly", "unset", "hash", "bind", "ulimit", "umask"];

    /// <summary>Why it is asked about, as a sentence.</summary>
    public static string Reason(string name, string shown) => name switch
    {
        _ when BuildPrefix(shown) is not null => $"“{shown}” builds or tests the project, and so runs what is written in it.",
        "git" => "git runs programs that the repository's own settings name, even to look.",
        "make" => "make runs what the project's makefile says.",
        _ when Wrappers.IsShell(name) || Interpreters.Contains(name) => $"“{name}” runs whatever text it is given.",
        _ when Network.Contains(name) => $"“{name}” talks to other computers.",
        _ when Rules.Contains(name) => $"“{name}” can change what the commands after it do.",
        "xargs" or "env" or "exec" or "parallel" => $"“{name}” runs another program.",
        _ => $"“{name}” is not known to only look.",
    };

    /// <summary>The beginning of a build or test command that a rule may name, with anything after it; null when this is none.</summary>
    /// <param name="shown">The command as rules read it.</param>
    public static string? BuildPrefix(string shown)
    {
        var words = shown.Split(' ');
        return Builds
            .Select(build => build.Split(' '))
            .Where(build => build.Length <= words.Length && build.Index().All(part => part.Item == "*" ? IsPlain(words[part.Index]) : part.Item == words[part.Index]))
            .Select(build => string.Join(' ', words[..build.Length]))
            .FirstOrDefault();
    }

    private static bool IsPlain(string word) => word.All(character => char.IsAsciiLetterOrDigit(character) || character is ':' or '-' or '_' or '.') && !word.StartsWith('-');
}
