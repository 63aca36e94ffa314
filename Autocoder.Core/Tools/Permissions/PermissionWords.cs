using Autocoder.Core.Conversations;

namespace Autocoder.Core.Tools.Permissions;

/// <summary>Says why a decision is as it is. Pure.</summary>
/// <param name="profile">The profile whose rules were read.</param>
/// <param name="isAbove">Whether it is that of an agent above the one that asks.</param>
/// <param name="resource">The resource the decision is about, where there are several; else null.</param>
internal sealed class PermissionWords(string profile, bool isAbove, string tool, string? resource)
{
    private const int MaxLength = 200;

    public string OnlyLooks() => $"{Tool} only looks{About}{Above}.";

    // A sentence that begins with "It" needs the name before it, where there are several.
    public string Judged(string why) =>
        resource is not null && why.StartsWith("It ", StringComparison.Ordinal) ? $"{ToolText.Line(resource, MaxLength)}: {why}" : why;

    public string NoRule() => $"No rule speaks of {Tool}{About}, and it changes something{Above}.";

    public string Said(PermissionRule rule, PermissionSource source)
    {
        var says = rule.Effect switch
        {
            PermissionEffect.Allow => "allows",
            PermissionEffect.Ask => "asks before",
            _ => "denies",
        };
        return $"{NameOf(source)} {says} {NameOf(rule)}{About}{Above}.";
    }

    private string Tool => ToolText.Line(tool, MaxLength);

    private string About => resource is null ? "" : $" (for {ToolText.Line(resource, MaxLength)})";

    private string Above => isAbove ? ", and a sub-agent may do no more than the agent that started it" : "";

    private string NameOf(PermissionSource source) => source switch
    {
        PermissionSource.Profile => $"The profile “{profile}”",
        PermissionSource.Configured => "A rule in Autocoder's settings",
        PermissionSource.Project => "A rule saved for this project",
        _ => "A rule of this conversation",
    };

    private static string NameOf(PermissionRule rule)
    {
        var name = rule.Tool == "*" ? "every tool" : rule.Tool;
        return ToolText.Line(rule.Resource == "**" ? name : $"{name} {rule.Resource}", MaxLength);
    }
}
