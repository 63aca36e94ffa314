namespace Autocoder.Web.Exports;

/// <summary>One thing that happened in a conversation, as an export for people tells it.</summary>
internal abstract record ExportEntry(long Sequence, DateTimeOffset At);

/// <summary>What a person wrote.</summary>
internal sealed record ExportedMessage(long Sequence, DateTimeOffset At, string Text, IReadOnlyList<string> Attachments) : ExportEntry(Sequence, At);

/// <summary>A piece of answer, in Markdown.</summary>
internal sealed record ExportedAnswer(long Sequence, DateTimeOffset At, string Markdown, bool IsCut) : ExportEntry(Sequence, At);

/// <summary>Something with a long text that most readers pass over: a tool call, a thought.</summary>
internal sealed record ExportedDetail(long Sequence, DateTimeOffset At, string Title, string Text) : ExportEntry(Sequence, At);

/// <summary>A line that says what happened.</summary>
internal sealed record ExportedNote(long Sequence, DateTimeOffset At, string Text) : ExportEntry(Sequence, At);
