using System.Globalization;
using System.Text;
using System.Text.Json;
using Autocoder.Core.Conversations;
using Autocoder.Core.Conversations.Events;
using Autocoder.Web.Rendering;

namespace Autocoder.Web.Exports;

/// <summary>Writes a conversation into a file a person takes along. Page by page, so its length does not matter.</summary>
/// <param name="log">Where it is read from.</param>
/// <param name="clock">Says when it was exported.</param>
public sealed class ConversationExport(IConversationLog log, TimeProvider clock)
{
    /// <summary>The name in the JSON form by which a reader knows it.</summary>
    public const string JsonFormat = "autocoder-conversation";

    private const int PageSize = 256;
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false);

    /// <summary>The name of the file: the title as far as any file system takes it.</summary>
    public static string FileName(string title, ExportFormat format)
    {
        ArgumentNullException.ThrowIfNull(title);
        const int Longest = 60;
        var name = new StringBuilder();
        foreach (var character in title.Where(char.IsAscii).Take(Longest))
        {
            _ = char.IsAsciiLetterOrDigit(character) ? name.Append(character)
                : name.Length > 0 && name[^1] != '-' ? name.Append('-') : name;
        }

        var stem = name.ToString().Trim('-');
        return $"autocoder-{(stem.Length == 0 ? "conversation" : stem)}.{format switch { ExportFormat.Json => "json", ExportFormat.Html => "html", _ => "md" }}";
    }

    /// <summary>Writes all that is in the log now; what comes while it is written is left out.</summary>
    /// <param name="project">The name of the project.</param>
    public async Task WriteAsync(
        Stream to, ConversationSummary conversation, string project, ExportFormat format, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(to);
        ArgumentNullException.ThrowIfNull(conversation);
        var head = (await log.GetAsync(conversation.Id, cancellationToken)).Cursor.Sequence;
        if (format is ExportFormat.Json)
        {
            await WriteJsonAsync(to, conversation, project, head, cancellationToken);
            return;
        }

        await using var writer = new StreamWriter(to, Utf8, leaveOpen: true);
        var about = string.Create(
            CultureInfo.InvariantCulture,
            $"Project {project}, {Surface(conversation.Surface)}. Begun {conversation.CreatedAt.UtcDateTime:yyyy-MM-dd HH:mm} UTC, exported {clock.GetUtcNow().UtcDateTime:yyyy-MM-dd HH:mm} UTC by Autocoder.");
        await WriteForPeopleAsync(writer, new ExportHead(conversation.Title, about), conversation.Id, head, format is ExportFormat.Html, cancellationToken);
    }

    /// <summary>Writes one run as a page that can be read offline: what it was asked, what came of it, what it cost, and all it did.</summary>
    /// <param name="project">The name of the project.</param>
    /// <returns>False, with nothing written, when the conversation has no such run.</returns>
    public async Task<bool> WriteReportAsync(
        Stream to, ConversationSummary conversation, string project, Guid runId, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(to);
        ArgumentNullException.ThrowIfNull(conversation);
        var books = new LedgerReader(log, conversation.Id);
        await books.CatchUpAsync(cancellationToken);
        if (books.Ledger.Runs.LastOrDefault(run => run.RunId == runId) is not { } run)
        {
            return false;
        }

        await using var writer = new StreamWriter(to, Utf8, leaveOpen: true);
        var about = string.Create(
            CultureInfo.InvariantCulture,
            $"A run of Autocoder in project {project}, conversation {conversation.Title}. Reported {clock.GetUtcNow().UtcDateTime:yyyy-MM-dd HH:mm} UTC.");
        await HtmlExport.BeginAsync(writer, new ExportHead(run.Asked.Length > 0 ? run.Asked : conversation.Title, about));
        await HtmlExport.WriteFactsAsync(writer, RunReport.FactsOf(run));
        var entries = new ExportEntries();
        await foreach (var envelope in ReadAsync(conversation.Id, run.To, cancellationToken))
        {
            // Everything is read, because a run takes prompts that were written before it; only its own is told.
            if (entries.Next(envelope) is { } entry && envelope.RunId == runId)
            {
                await HtmlExport.WriteAsync(writer, entry);
            }
        }

        await HtmlExport.EndAsync(writer, run.Outcome is null ? entries.Unfinished : null);
        await writer.FlushAsync(cancellationToken);
        return true;
    }

    private async Task WriteForPeopleAsync(
        StreamWriter to, ExportHead about, Guid id, long head, bool isHtml, CancellationToken cancellationToken)
    {
        var entries = new ExportEntries();
        await (isHtml ? HtmlExport.BeginAsync(to, about) : MarkdownExport.BeginAsync(to, about));
        await foreach (var envelope in ReadAsync(id, head, cancellationToken))
        {
            if (entries.Next(envelope) is { } entry)
            {
                await (isHtml ? HtmlExport.WriteAsync(to, entry) : MarkdownExport.WriteAsync(to, entry));
            }
        }

        await (isHtml ? HtmlExport.EndAsync(to, entries.Unfinished) : MarkdownExport.EndAsync(to, entries.Unfinished));
        await to.FlushAsync(cancellationToken);
    }

    private async Task WriteJsonAsync(Stream to, ConversationSummary conversation, string project, long head, CancellationToken cancellationToken)
    {
        await using var json = new Utf8JsonWriter(to, new JsonWriterOptions { Indented = true });
        json.WriteStartObject();
        json.WriteString("format", JsonFormat);
        json.WriteNumber("version", 1);
        json.WriteString("exportedAt", clock.GetUtcNow());
        json.WriteString("conversationId", conversation.Id);
        json.WriteString("project", project);
        json.WriteString("surface", conversation.Surface.ToString());
        json.WriteString("title", conversation.Title);
        json.WriteStartArray("events");
        await foreach (var envelope in ReadAsync(conversation.Id, head, cancellationToken))
        {
            var stored = EventCatalog.Serialize(envelope.Event);
            json.WriteStartObject();
            json.WriteNumber("sequence", envelope.Sequence);
            json.WriteString("eventId", envelope.EventId);
            json.WriteString("kind", stored.Kind);
            json.WriteNumber("version", stored.Version);
            json.WriteString("at", envelope.At);
            if (envelope.RunId is { } runId)
            {
                json.WriteString("runId", runId);
            }

            json.WritePropertyName("payload");
            json.WriteRawValue(stored.Payload);
            json.WriteEndObject();
            await json.FlushAsync(cancellationToken);
        }

        json.WriteEndArray();
        json.WriteEndObject();
        await json.FlushAsync(cancellationToken);
    }

    private async IAsyncEnumerable<EventEnvelope> ReadAsync(
        Guid id, long head, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        for (var after = 0L; after < head;)
        {
            var page = await log.ReadAsync(id, after, PageSize, cancellationToken);
            if (page.Count == 0)
            {
                yield break;
            }

            foreach (var envelope in page.TakeWhile(envelope => envelope.Sequence <= head))
            {
                yield return envelope;
            }

            after = page[^1].Sequence;
        }
    }

    private static string Surface(ConversationKind surface) => surface switch
    {
        ConversationKind.Spec => "specification",
        ConversationKind.Agent => "agent",
        _ => "assistant",
    };
}
