using System.Diagnostics.CodeAnalysis;
using Autocoder.Core.Conversations;

namespace Autocoder.Core.Attachments;

/// <summary>What became of one file a person wanted to attach: it was accepted, or refused in words.</summary>
public sealed record AttachmentResult
{
    private AttachmentResult(Attachment? accepted, string? refusal)
    {
        Accepted = accepted;
        Refusal = refusal;
    }

    /// <summary>Null when it was refused.</summary>
    public Attachment? Accepted { get; }

    /// <summary>A sentence for the person that names the file; null when it was accepted.</summary>
    public string? Refusal { get; }

    [MemberNotNullWhen(true, nameof(Accepted))]
    [MemberNotNullWhen(false, nameof(Refusal))]
    public bool IsAccepted => Accepted is not null;

    internal static AttachmentResult Accept(Attachment attachment) => new(attachment, null);

    internal static AttachmentResult Refuse(string refusal) => new(null, refusal);
}
