using System.Text;

namespace Autocoder.Core.Engines.Models.Offline.Initializing;

/// <summary>The start script of a project.</summary>
/// <remarks>
/// Made of constant text and our own folder names only: nothing a person wrote into the specification becomes a command.
/// It stays inside the project, needs no root, and may be run any number of times.
/// </remarks>
internal static class InitScript
{
    private const string Head = """
        #!/usr/bin/env bash
        # Installs what the parts of this project need; "bash init.sh start" starts them too.
        # Harmless when run again. Changes nothing outside this folder, and needs no administrator.
        set -euo pipefail
        cd "$(dirname "${BASH_SOURCE[0]}")"

        mode="${1:-install}"
        pids=()

        need() {
          if ! command -v "$1" >/dev/null 2>&1; then
            echo "This part needs '$1', which is not installed. Install it and run this script again." >&2
            exit 1
          fi
        }

        start() {
          if [ "$mode" = "start" ]; then
            echo "Starting $1 ..."
            (cd "$1" && shift && exec "$@") &
            pids+=("$!")
          fi
        }

        stop() {
          for pid in "${pids[@]:-}"; do
            if [ -n "$pid" ]; then kill "$pid" 2>/dev/null || true; fi
          done
        }
        trap stop EXIT

        """;

    private const string Tail = """

        if [ "${#pids[@]}" -gt 0 ]; then
          echo "Running. Press Ctrl+C to stop."
          wait
        else
          echo "Done."
        fi

        """;

    public static string For(Stack stack)
    {
        var text = new StringBuilder(Head);
        foreach (var part in stack.Parts)
        {
            text.Append('\n').Append(Part(part.Folder, part.Toolchain));
        }

        return text.Append(Tail).ToString().ReplaceLineEndings("\n");
    }

    private static string Part(string folder, Toolchain toolchain) => toolchain switch
    {
        Toolchain.Node => When(folder, $"-f {folder}/package.json", "node npm", $"(cd {folder} && npm install --no-fund --no-audit)", "npm run dev"),
        Toolchain.Python => When(
            folder,
            $"-f {folder}/requirements.txt",
            "python3",
            $"if [ ! -d {folder}/.venv ]; then python3 -m venv {folder}/.venv; fi\n  {folder}/.venv/bin/pip install --quiet -r {folder}/requirements.txt",
            ".venv/bin/python -m app"),
        Toolchain.DotNet => When(folder, $"-n \"$(find {folder} -name '*.csproj' -print -quit)\"", "dotnet", $"(cd {folder} && dotnet build)", "dotnet run"),
        Toolchain.Go => When(folder, $"-f {folder}/go.mod", "go", $"(cd {folder} && go build ./...)", "go run ."),
        Toolchain.Rust => When(folder, $"-f {folder}/Cargo.toml", "cargo", $"(cd {folder} && cargo build)", "cargo run"),
        Toolchain.Java => When(folder, $"-f {folder}/pom.xml", "mvn", $"(cd {folder} && mvn -q -DskipTests package)", "mvn -q spring-boot:run"),
        Toolchain.Php => When(folder, $"-f {folder}/composer.json", "php composer", $"(cd {folder} && composer install --no-interaction)", "php -S 127.0.0.1:8000 -t public"),
        Toolchain.Ruby => When(folder, $"-f {folder}/Gemfile", "ruby bundle", $"(cd {folder} && bundle config set --local path vendor/bundle && bundle install)", "bundle exec rackup"),
        Toolchain.Static => $"echo \"{folder}/ needs nothing: open its index.html in a browser.\"\n",
        _ => $"echo \"{folder}/ has nothing to install yet. Say here how it is built and started.\"\n",
    };

    private static string When(string folder, string condition, string needs, string install, string run)
    {
        var checks = string.Join("\n  ", needs.Split(' ').Select(tool => $"need {tool}"));
        return $"""
            if [ {condition} ]; then
              {checks.ReplaceLineEndings("\n  ")}
              echo "Installing {folder} ..."
              {install}
              start {folder} {run}
            else
              echo "{folder}/ has no code yet, so there is nothing to install."
            fi

            """;
    }
}
