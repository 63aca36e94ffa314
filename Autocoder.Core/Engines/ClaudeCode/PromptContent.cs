using System.Globalization;
using System.Text;
using Autocoder.Core.Attachments;
using Autocoder.Core.Conversations;
using Autocoder.Core.Engines.Models;

namespace Autocoder.Core.Engines.ClaudeCode;

/// <summary>What is sent to the program: the person's words, their files, and our notes.</summary>
internal static class PromptContent
{
    private const int MaxHistory = 60_000;
    private const int MaxEntry = 4_000;

    /// <summary>The blocks of a message.</summary>
    /// <param name="messages">What the model is shown; what follows its last answer is new.</param>
    /// <param name="notes">What steers this turn; empty for nothing.</param>
    /// <param name="history">What came before, for a session that does not know it; empty otherwise.</param>
    public static async Task<IReadOnlyList<object>> ToBlocksAsync(
        IReadOnlyList<ModelMessage> messages, string notes, string history, BlobStore blobs, CancellationToken cancellationToken)
    {
        var blocks = new List<object>();
        AddText(blocks, history);
        foreach (var part in New(messages).SelectMany(message => message.Parts))
        {
            switch (part)
            {
                case ModelPart.Text text:
                    AddText(blocks, text.Value);
                    break;
                case ModelPart.Note note:
                    AddText(blocks, note.Value);
                    break;
                case ModelPart.ToolResult result:
                    AddText(blocks, $"[The result of your tool call {result.CallId}, which you have not seen:]\n{result.Output}");
                    break;
                case ModelPart.File file:
                    blocks.Add(await ToBlockAsync(file.Attachment, blobs, cancellationToken).ConfigureAwait(false));
                    break;
            }
        }

        AddText(blocks, notes.Length > 0 ? $"[{notes}]" : "");
        if (blocks.Count == 0)
        {
            AddText(blocks, "Go on.");
        }

        return blocks;
    }

    /// <summary>The conversation so far as a text, its latest part when it is long; empty when there is none.</summary>
    public static string HistoryOf(IReadOnlyList<ModelMessage> messages)
    {
        var entries = messages.Take(messages.Count - New(messages).Count)
            .SelectMany(message => message.Parts.Select(part => ToLine(message.Role, part)))
            .OfType<string>().Reverse().ToList();
        var text = new List<string>();
        var length = 0;
        foreach (var entry in entries.TakeWhile(entry => (length += entry.Length) <= MaxHistory))
        {
            text.Insert(0, entry);
        }

        return text.Count == 0
            ? ""
            : $"[You take over this conversation; this is what was said before{(text.Count < entries.Count ? ", its latest part" : "")}.]\n"
                + $"{string.Join('\n', text)}\n[End of what was said before. The person's new message:]";
    }

    private static List<ModelMessage> New(IReadOnlyList<ModelMessage> messages) =>
        [.. messages.Reverse().TakeWhile(message => message.Role is ModelRole.User).Reverse()];

    private static string? ToLine(ModelRole role, ModelPart part) => part switch
    {
        ModelPart.Text text => $"{(role is ModelRole.User ? "Person" : "You")}: {Shorten(text.Value)}",
        ModelPart.ToolCall call => $"You used {call.Tool}: {Shorten(call.Arguments.GetRawText())}",
        ModelPart.ToolResult result => $"Result: {Shorten(result.Output)}",
        ModelPart.Note note => Shorten(note.Value),
        _ => null,
    };

    private static string Shorten(string text) => text.Length <= MaxEntry ? text : Tools.ToolText.Head(text, MaxEntry) + " …";

    private static void AddText(List<object> blocks, string text)
    {
        if (!string.IsNullOrWhiteSpace(text))
        {
            blocks.Add(new { type = "text", text });
        }
    }

    private static async Task<object> ToBlockAsync(Attachment file, BlobStore blobs, CancellationToken cancellationToken)
    {
        try
        {
            var bytes = await blobs.ReadAsync(file.BlobHash, cancellationToken).ConfigureAwait(false);
            return file.IsImage
                ? new { type = "image", source = new { type = "base64", media_type = file.MediaType, data = Convert.ToBase64String(bytes) } }
                : new { type = "text", text = string.Create(CultureInfo.InvariantCulture, $"[Attached file \"{file.Name.Replace('"', '\'')}\":]\n{Encoding.UTF8.GetString(bytes)}") };
        }
        catch (IOException)
        {
            return new { type = "text", text = "[An attached file is no longer there.]" };
        }
    }
}
