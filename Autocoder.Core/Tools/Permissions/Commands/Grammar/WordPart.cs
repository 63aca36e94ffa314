namespace Autocoder.Core.Tools.Permissions.Commands.Grammar;

/// <summary>A piece of a word of a command line.</summary>
internal abstract record WordPart;

/// <summary>Letters that stand for themselves, or, where they are not quoted, may be a pattern of file names.</summary>
internal sealed record TextPart(string Text, bool IsQuoted) : WordPart;

/// <summary><c>$name</c>: what it is worth is known only when it runs.</summary>
internal sealed record VariablePart(string Name, bool IsQuoted) : WordPart;

/// <summary><c>$((1 + 2))</c> or <c>${#name}</c>: a number.</summary>
internal sealed record NumberPart : WordPart;

/// <summary><c>$(…)</c>, <c>`…`</c>, <c>&lt;(…)</c> or <c>&gt;(…)</c>: what other commands write.</summary>
internal sealed record SubstitutionPart(Script Script) : WordPart;
