using System.Globalization;
using Autocoder.Core.Conversations;
using Autocoder.Core.Conversations.Events;
using Autocoder.Core.Engines.Models;

namespace Autocoder.Core.Runs.Context;

/// <summary>What a model is given of a prompt: the person's text unchanged, the files, and notes made from the files.</summary>
internal static class PromptParts
{
    public static IReadOnlyList<ModelPart> Of(PromptAdmitted prompt) =>
    [
        .. string.IsNullOrWhiteSpace(prompt.Text) ? [] : new ModelPart[] { new ModelPart.Text(prompt.Text) },
        .. prompt.Attachments.Select(attachment => new ModelPart.File(attachment)),
        .. NotesOn(prompt.Attachments),
    ];

    private static IEnumerable<ModelPart.Note> NotesOn(IReadOnlyList<Attachment> attachments)
    {
        var pictures = attachments.Count(attachment => attachment.IsImage);
        if (pictures > 0)
        {
            yield return new ModelPart.Note(pictures == 1
                ? "[The attached picture is already visible to you; no tool is needed to load it.]"
                : $"[The {pictures} attached pictures are already visible to you; no tool is needed to load them.]");
        }

        var files = attachments.Where(attachment => !attachment.IsImage).Select(Line).ToList();
        if (files.Count > 0)
        {
            yield return new ModelPart.Note(
                $"[Files attached to this message. Their text is part of it; they are not in the project folder.\n{string.Join('\n', files)}]");
        }
    }

    // The name is a person's, or a web page's: quoted, so that it cannot pass for anything but a name.
    private static string Line(Attachment file) => string.Create(
        CultureInfo.InvariantCulture, $"- \"{file.Name.Replace('"', '\'')}\" → {file.MediaType}, {file.Length:N0} bytes, blob {file.BlobHash}");
}
