using Autocoder.Core.Conversations;
using Microsoft.Extensions.Options;

namespace Autocoder.Core.Tools.Permissions;

/// <summary>Refuses to start with a rule that could never match: whoever wrote it relies on it.</summary>
internal sealed class PermissionOptionsValidator(ToolCatalog catalog) : IValidateOptions<PermissionOptions>
{
    public ValidateOptionsResult Validate(string? name, PermissionOptions options)
    {
        var problems = options.Rules.Index()
            .Select(rule => (rule.Index, Problem: FindProblem(catalog, rule.Item.Tool, rule.Item.Resource, rule.Item.Effect)))
            .Where(found => found.Problem is not null)
            .Select(found => $"{PermissionOptions.SectionName}:Rules:{found.Index} {found.Problem}")
            .ToList();
        return problems.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(problems);
    }

    /// <summary>What is wrong with a rule, as the rest of a sentence that begins with it; null for nothing.</summary>
    public static string? FindProblem(ToolCatalog catalog, string tool, string resource, PermissionEffect? given)
    {
        if (string.IsNullOrWhiteSpace(tool) || string.IsNullOrWhiteSpace(resource))
        {
            return "needs a Tool, and a Resource that is not blank.";
        }

        if (given is not { } effect || !Enum.IsDefined(effect))
        {
            return "needs an Effect: Allow, Ask or Deny.";
        }

        return catalog.Tools.Any(known => PermissionPattern.MatchesTool(tool, known.Definition.Name))
            ? null
            : $"speaks of '{tool}', but there is no such tool. Use one of: "
                + $"{string.Join(", ", catalog.Tools.Select(known => known.Definition.Name))}, with * for any characters.";
    }
}
