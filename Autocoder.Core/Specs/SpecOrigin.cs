using System.Text.Json.Serialization;

namespace Autocoder.Core.Specs;

/// <summary>Where a part of the specification comes from.</summary>
/// <param name="Source">The question's id, or the attachment's file name; empty otherwise.</param>
[JsonConverter(typeof(SpecOriginJsonConverter))]
public sealed record SpecOrigin(SpecOriginKind Kind, string Source)
{
    /// <summary>Nobody said so; it can be turned into a question.</summary>
    public static SpecOrigin Assumed { get; } = new(SpecOriginKind.Assumed, "");

    /// <summary>It stood in a file without saying where it comes from.</summary>
    public static SpecOrigin File { get; } = new(SpecOriginKind.File, "");

    /// <summary>The person's answer to a question.</summary>
    public static SpecOrigin Answer(string questionId) => new(SpecOriginKind.Answer, questionId);

    /// <summary>A file the person attached.</summary>
    public static SpecOrigin Attachment(string fileName) => new(SpecOriginKind.Attachment, fileName);

    /// <summary>Reads what <see cref="ToString"/> writes; anything else is <see cref="File"/>.</summary>
    public static SpecOrigin Parse(string? text) => text switch
    {
        "assumed" => Assumed,
        not null when text.StartsWith("answer:", StringComparison.Ordinal) => Answer(text["answer:".Length..]),
        not null when text.StartsWith("attachment:", StringComparison.Ordinal) => Attachment(text["attachment:".Length..]),
        _ => File,
    };

    /// <summary>The stored form: <c>assumed</c>, <c>file</c>, <c>answer:overview.name</c>, <c>attachment:plan.md</c>.</summary>
    public override string ToString() => Kind switch
    {
        SpecOriginKind.Answer => "answer:" + Source,
        SpecOriginKind.Attachment => "attachment:" + Source,
        SpecOriginKind.Assumed => "assumed",
        _ => "file",
    };
}

/// <summary>The kinds of <see cref="SpecOrigin"/>.</summary>
public enum SpecOriginKind
{
    /// <summary>The person answered a question.</summary>
    Answer,

    /// <summary>An attached file says so.</summary>
    Attachment,

    /// <summary>Nobody said so.</summary>
    Assumed,

    /// <summary>A file of the project says so.</summary>
    File,
}
