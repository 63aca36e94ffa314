using System.Text;

namespace Autocoder.Core.Engines.Models.Offline.Initializing;

/// <summary>What git ignores, for each toolchain of a stack.</summary>
internal static class GitIgnore
{
    public static string For(Stack stack)
    {
        var text = new StringBuilder("# Secrets and settings of one machine\n.env\n.env.*\n!.env.example\n*.pem\n*.key\n")
            .Append("\n# Editors and systems\n.DS_Store\nThumbs.db\n.idea/\n.vscode/\n*.swp\n")
            .Append("\n# Logs and temporary files\n*.log\nlogs/\ntmp/\n");
        if (stack.HasDatabase)
        {
            text.Append("\n# Local databases\n*.db\n*.db-shm\n*.db-wal\n*.sqlite\n*.sqlite3\n");
        }

        foreach (var section in stack.Toolchains.Select(Section).Where(section => section.Length > 0))
        {
            text.Append('\n').Append(section);
        }

        return text.ToString();
    }

    private static string Section(Toolchain toolchain) => toolchain switch
    {
        Toolchain.Node => "# Node\nnode_modules/\ndist/\nbuild/\ncoverage/\n.vite/\n.next/\n*.tsbuildinfo\n",
        Toolchain.Python => "# Python\n.venv/\n__pycache__/\n*.py[cod]\n.pytest_cache/\n*.egg-info/\n",
        Toolchain.DotNet => "# .NET\nbin/\nobj/\nTestResults/\n*.user\n.vs/\n",
        Toolchain.Go => "# Go\n/bin/\n*.test\n*.out\n",
        Toolchain.Rust => "# Rust\ntarget/\n",
        Toolchain.Java => "# Java\ntarget/\nbuild/\n.gradle/\n*.class\n",
        Toolchain.Php => "# PHP\nvendor/\n",
        Toolchain.Ruby => "# Ruby\n.bundle/\nvendor/bundle/\n",
        _ => "",
    };
}
