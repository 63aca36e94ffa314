using Autocoder.Web.Components.Parts;

namespace Autocoder.Web.Commands;

/// <summary>All commands there are: the palette, the shortcuts, the help and the words after a slash are made from this one list.</summary>
public static class CommandCatalog
{
    private const string General = "General";
    private const string Pages = "Pages";
    private const string Conversation = "Conversation";
    private const string View = "View";

    /// <summary>In the order they are listed.</summary>
    public static IReadOnlyList<Command> All { get; } =
    [
        new(CommandIds.Palette, "Command palette", General, IconName.Search) { UsualKeys = Keys("Mod+K"), IsInPalette = false },
        new(CommandIds.Help, "Keyboard shortcuts", General, IconName.Question) { UsualKeys = Keys("?", "Mod+/"), Slash = "help", Also = "keys help" },
        new(CommandIds.ChangeShortcuts, "Change keyboard shortcuts", General, IconName.Edit) { Also = "keys rebind settings" },
        new(CommandIds.NewProject, "New project", General, IconName.Plus) { Also = "create import add folder" },

        new(CommandIds.Home, "Go to your projects", Pages, IconName.Home) { UsualKeys = Keys("Alt+1"), Also = "home start list" },
        new(CommandIds.Spec, "Go to the specification", Pages, IconName.Spec) { UsualKeys = Keys("Alt+2"), Also = "wizard spec" },
        new(CommandIds.Assistant, "Go to the assistant", Pages, IconName.Assistant) { UsualKeys = Keys("Alt+3"), Also = "ask" },
        new(CommandIds.Console, "Go to the console", Pages, IconName.Console) { UsualKeys = Keys("Alt+4"), Also = "agent run" },
        new(CommandIds.Settings, "Go to the settings", Pages, IconName.Settings) { UsualKeys = Keys("Alt+5"), Also = "engine key model preferences" },

        new(CommandIds.NewConversation, "New conversation", Conversation, IconName.Plus) { UsualKeys = Keys("Mod+Shift+O"), Slash = "new", Also = "chat start" },
        new(CommandIds.Write, "Write a message", Conversation, IconName.Edit) { UsualKeys = Keys("/"), Also = "composer focus prompt" },
        new(CommandIds.Stop, "Stop what runs", Conversation, IconName.Stop) { UsualKeys = Keys("Mod+."), Slash = "stop", Also = "cancel abort end" },
        new(CommandIds.Find, "Find in this conversation", Conversation, IconName.Search) { UsualKeys = Keys("Mod+F"), Slash = "find", SlashWords = "words", Also = "search" },
        new(CommandIds.PlanFirst, "Plan first, or not", Conversation, IconName.Plan) { Slash = "plan", SlashWords = "what to do", Also = "toggle planning" },
        new(CommandIds.Compact, "Make room in the context", Conversation, IconName.Compress) { Slash = "compact", Also = "compaction summarise" },
        new(CommandIds.CopyLink, "Copy a link to this conversation", Conversation, IconName.Copy) { Slash = "link", Also = "share address url" },
        new(CommandIds.Latest, "Go to the latest message", Conversation, IconName.ArrowDown) { UsualKeys = Keys("Mod+Alt+End"), Also = "bottom end live" },
        new(CommandIds.SearchConversations, "Search all conversations", Conversation, IconName.Search) { UsualKeys = Keys("Mod+Shift+F"), Also = "find" },
        new(CommandIds.NextConversation, "Next conversation", Conversation, IconName.ArrowDown) { UsualKeys = Keys("J") },
        new(CommandIds.PreviousConversation, "Previous conversation", Conversation, IconName.ArrowUp) { UsualKeys = Keys("K") },

        new(CommandIds.Rail, "Narrow or wide side bar", View, IconName.Rail) { UsualKeys = Keys("Mod+B"), Also = "sidebar collapse" },
        new(CommandIds.Light, "Theme: light", View, IconName.Sun) { Also = "colour color appearance" },
        new(CommandIds.Dark, "Theme: dark", View, IconName.Moon) { Also = "colour color appearance night" },
        new(CommandIds.Contrast, "Theme: high contrast", View, IconName.Contrast) { Also = "colour color appearance accessibility" },
        new(CommandIds.AsSystem, "Theme: as the system", View, IconName.Screen) { Also = "colour color appearance auto" },
    ];

    /// <summary>Finds a command.</summary>
    /// <returns>Null when there is none with this id.</returns>
    public static Command? Find(string id) => All.FirstOrDefault(command => command.Id == id);

    private static IReadOnlyList<Chord> Keys(params string[] chords) => [.. chords.Select(chord => Chord.TryParse(chord)!)];
}
