using Autocoder.Core.Persistence;
using Autocoder.Web.Commands;
using Autocoder.Web.Rendering;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace Autocoder.Web.Components.Conversation;

/// <content>Commands after a slash, and files after an at sign.</content>
public sealed partial class Composer
{
    private const string Slash = "/";

    /// <summary>Finds files of the project by a few letters; null where messages name none.</summary>
    [Parameter]
    public Func<string, CancellationToken, IReadOnlyList<string>>? FindFiles { get; set; }

    /// <summary>Called by the browser with what was begun after a slash or an at sign.</summary>
    [JSInvokable]
    public IReadOnlyList<Suggestion> Suggest(string sign, string letters)
    {
        ArgumentNullException.ThrowIfNull(letters);
        return sign == Slash ? Commands(letters) : [.. (FindFiles?.Invoke(letters, _closing.Token) ?? []).Select(File)];
    }

    private Suggestion[] Commands(string letters) =>
    [
        .. desk.Available
            .Where(command => command.Slash?.StartsWith(letters, StringComparison.OrdinalIgnoreCase) is true)
            .Select(command => new Suggestion(
                $"/{command.Slash}", $"/{command.Slash}{(command.SlashWords is { } words ? $" {words}" : "")}", command.Title, command.SlashWords is null)),
    ];

    private static Suggestion File(string path)
    {
        var (name, folder) = (path[(path.LastIndexOf('/') + 1)..], path[..Math.Max(0, path.LastIndexOf('/'))]);
        return new Suggestion(path.Contains(' ', StringComparison.Ordinal) ? $"@\"{path}\"" : $"@{path}", VisibleText.ToPlain(name), VisibleText.ToPlain(folder), IsWhole: true);
    }

    // True when it was a command, done or not; otherwise it is a message.
    private async Task<bool> TryCommandAsync(ComposerSubmission written)
    {
        if (written.Attachments.Count > 0 || SlashLine.Of(written.Text) is not { } line || IsPlan(line))
        {
            return false;
        }

        if (!desk.CanRun(line.Command.Id))
        {
            _problem = $"/{line.Command.Slash} does nothing just now. With a space before it, it is sent as a message.";
            return true;
        }

        _problem = null;
        await _box!.InvokeVoidAsync("sent", written.PromptId);
        try
        {
            await desk.RunAsync(line.Command.Id, line.Words);
        }
        catch (StorageException exception)
        {
            _problem = exception.Message;
        }

        return true;
    }

    private ComposerSubmission WithPlan(ComposerSubmission written) => OffersPlan && SlashLine.Of(written.Text) is { } line && IsPlan(line)
        ? written with { Text = line.Words, PlanFirst = true }
        : written;

    private static bool IsPlan(SlashLine line) => line.Command.Id == CommandIds.PlanFirst && line.Words.Length > 0;
}
