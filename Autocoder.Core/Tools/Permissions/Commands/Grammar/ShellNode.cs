namespace Autocoder.Core.Tools.Permissions.Commands.Grammar;

/// <summary>A command of any kind.</summary>
internal abstract record ShellNode
{
    /// <summary>Where its input comes from and its output goes.</summary>
    public IReadOnlyList<Redirection> Redirections { get; init; } = [];
}

/// <summary>A name with its arguments: <c>NAME=value ls -l &gt; list.txt</c>.</summary>
internal sealed record SimpleCommand(IReadOnlyList<Assignment> Assignments, IReadOnlyList<Word> Words) : ShellNode;

/// <summary>A loop, a choice or a group. Which of its parts run, and how often, is not followed.</summary>
/// <param name="Variable">The name a loop gives values to; null where there is none.</param>
/// <param name="Words">What it loops over or compares.</param>
internal sealed record CompoundCommand(string? Variable, IReadOnlyList<Word> Words, IReadOnlyList<Script> Bodies) : ShellNode;

/// <summary><c>name() { … }</c>.</summary>
internal sealed record FunctionDefinition(string Name, ShellNode Body) : ShellNode;

/// <summary><c>NAME=value</c>, before a command or alone.</summary>
internal sealed record Assignment(string Name, Word Value, string Source);

/// <summary><c>2&gt; file</c>, <c>&lt;&lt; END</c> and their like.</summary>
/// <param name="Target">A file, a descriptor, or the text of a here-string.</param>
internal sealed record Redirection(string Operator, Word Target)
{
    /// <summary>The text of a here-document; null for everything else.</summary>
    public Word? Body { get; set; }
}

/// <summary>Commands that hand their output on to one another.</summary>
/// <param name="InBackground">Whether the next one starts before it has ended.</param>
internal sealed record Pipeline(IReadOnlyList<ShellNode> Commands, bool InBackground);

/// <summary>A command line, or a part of one in brackets.</summary>
internal sealed record Script(IReadOnlyList<Pipeline> Pipelines)
{
    /// <summary>Every command of the line itself, without those inside of others.</summary>
    public IEnumerable<ShellNode> Commands => Pipelines.SelectMany(pipeline => pipeline.Commands);
}
