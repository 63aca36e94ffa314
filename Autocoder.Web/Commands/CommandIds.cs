namespace Autocoder.Web.Commands;

/// <summary>The names of the commands.</summary>
public static class CommandIds
{
    public const string Palette = "palette.open";
    public const string Help = "help.shortcuts";
    public const string ChangeShortcuts = "page.shortcuts";
    public const string Home = "page.home";
    public const string Spec = "page.spec";
    public const string Assistant = "page.assistant";
    public const string Console = "page.console";
    public const string Settings = "page.settings";
    public const string Rail = "view.rail";
    public const string Light = "view.light";
    public const string Dark = "view.dark";
    public const string AsSystem = "view.system";
    public const string Contrast = "view.contrast";
    public const string NewProject = "project.new";
    public const string NewConversation = "conversation.new";
    public const string SearchConversations = "conversation.search";
    public const string NextConversation = "conversation.next";
    public const string PreviousConversation = "conversation.previous";
    public const string Find = "conversation.find";
    public const string Stop = "conversation.stop";
    public const string PlanFirst = "conversation.plan";
    public const string Compact = "conversation.compact";
    public const string CopyLink = "conversation.link";
    public const string Latest = "conversation.latest";
    public const string Write = "composer.focus";
}
