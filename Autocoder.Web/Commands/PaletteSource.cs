using Autocoder.Core.Conversations;
using Autocoder.Core.Projects;
using Autocoder.Web.Components.Layout;
using Autocoder.Web.Components.Parts;
using Autocoder.Web.Rendering;

namespace Autocoder.Web.Commands;

/// <summary>Gathers what the palette lists: commands, pages, projects, conversations, and what was said in them.</summary>
public sealed class PaletteSource(
    CommandDesk desk, ShortcutBook book, ProjectRegistry projects, IConversationList conversations, IConversationSearch search)
{
    private const string Conversations = "Recent conversations";
    private const int MostOffered = 6;
    private const int MostFound = 12;

    private IReadOnlyDictionary<Guid, string> _names = new Dictionary<Guid, string>();

    /// <summary>What can be chosen at this place, before anything is typed.</summary>
    public async Task<IReadOnlyList<PaletteEntry>> ReadAsync(Place place, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(place);
        var known = await projects.ListAsync(cancellationToken);
        _names = known.ToDictionary(project => project.Id, project => project.Name.Value);
        var active = await conversations.ListActiveAsync(cancellationToken);
        var here = known.FirstOrDefault(project => project.Name.Value == place.Project);
        var near = here is null ? [] : await conversations.ListAsync(here.Id, surface: null, trashed: false, cancellationToken);
        var listed = active.OrderBy(conversation => conversation.Status is ConversationStatus.NeedsYou ? 0 : 1)
            .Concat(near).DistinctBy(conversation => conversation.Id).Where(conversation => _names.ContainsKey(conversation.ProjectId)).ToList();
        return
        [
            .. listed.Select((conversation, index) => Entry(conversation, here) with { IsOffered = index < MostOffered }),
            .. desk.Available.Where(command => command.IsInPalette).Select(Entry),
            .. known.Select((project, index) => Entry(project, place.Surface) with { IsOffered = index < MostOffered }),
        ];
    }

    /// <summary>The conversations in which words were said.</summary>
    public async Task<IReadOnlyList<PaletteEntry>> FindAsync(string words, CancellationToken cancellationToken)
    {
        var hits = await search.SearchAsync(projectId: null, words, cancellationToken);
        return
        [
            .. hits.Where(hit => _names.ContainsKey(hit.Conversation.ProjectId)).Take(MostFound).Select(hit => Entry(hit.Conversation, here: null) with
            {
                Id = $"found-{hit.Conversation.Id:N}",
                Group = "Said in conversations",
                Address = AddressOf(hit.Conversation, hit.Passages is [var first, ..] ? first.Sequence : null),
                Passage = hit.Passages is [var best, ..] ? best.Parts : null,
            }),
        ];
    }

    /// <summary>The entries that fit what was typed, the best group first; all that are offered when nothing was.</summary>
    public static IReadOnlyList<PaletteEntry> Rank(IReadOnlyList<PaletteEntry> entries, string typed)
    {
        ArgumentNullException.ThrowIfNull(entries);
        if (string.IsNullOrWhiteSpace(typed))
        {
            return [.. entries.Where(entry => entry.IsOffered)];
        }

        return
        [
            .. entries
                .Select(entry => (Entry: entry, Score: WordMatch.Score(typed, entry.Title, $"{entry.Also} {entry.Detail}")))
                .Where(scored => scored.Score > 0)
                .GroupBy(scored => scored.Entry.Group)
                .OrderByDescending(group => group.Max(scored => scored.Score))
                .SelectMany(group => group.OrderByDescending(scored => scored.Score).Take(MostFound).Select(scored => scored.Entry)),
        ];
    }

    private PaletteEntry Entry(Command command) => new($"command-{command.Id}", command.Group, command.Icon, command.Title, "")
    {
        CommandId = command.Id,
        Also = command.Also,
        Keys = book.KeysOf(command.Id) is [var first, ..] ? first : null,
    };

    private static PaletteEntry Entry(Project project, string? surface) =>
        new($"project-{project.Id:N}", "Projects", IconName.Folder, project.Name.Value, project.FolderExists ? "" : "folder is missing")
        {
            Address = Place.Address(project.Name.Value, surface is "spec" or "assistant" ? surface : "console"),
            Also = "project",
        };

    private PaletteEntry Entry(ConversationSummary conversation, Project? here)
    {
        var (icon, surface) = conversation.Surface switch
        {
            ConversationKind.Spec => (IconName.Spec, "Spec"),
            ConversationKind.Assistant => (IconName.Assistant, "Assistant"),
            _ => (IconName.Console, "Console"),
        };
        var (project, status) = (_names[conversation.ProjectId], Signs.Of(conversation.Status));
        string[] said = [here?.Id == conversation.ProjectId ? "" : project, surface, status is Status.NeedsYou ? "needs you" : status is Status.Running ? "running" : "", conversation.IsArchived ? "archived" : ""];
        return new($"conversation-{conversation.Id:N}", Conversations, icon, VisibleText.ToPlain(conversation.Title), string.Join(" · ", said.Where(part => part.Length > 0)))
        {
            Address = AddressOf(conversation, at: null),
        };
    }

    // The wizard has one conversation, which its page shows without being told.
    private string AddressOf(ConversationSummary conversation, long? at) => conversation.Surface switch
    {
        ConversationKind.Spec => Place.Address(_names[conversation.ProjectId], "spec", conversationId: null, at),
        ConversationKind.Assistant => Place.Address(_names[conversation.ProjectId], "assistant", conversation.Id, at),
        _ => Place.Address(_names[conversation.ProjectId], "console", conversation.Id, at),
    };
}
