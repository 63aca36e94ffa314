using Microsoft.Extensions.Options;

namespace Autocoder.Core.Tools.Permissions;

/// <summary>Refuses to start with a rule that could never match: whoever wrote it relies on it.</summary>
internal sealed class PermissionOptionsValidator(ToolCatalog catalog) : IValidateOptions<PermissionOptions>
{
    public ValidateOptionsResult Validate(string? name, PermissionOptions options)
    {
        var problems = options.Rules.Index()
            .Select(rule => (rule.Index, Problem: FindProblem(rule.Item)))
            .Where(found => found.Problem is not null)
            .Select(found => $"{PermissionOptions.SectionName}:Rules:{found.Index} {found.Problem}")
            .ToList();
        return problems.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(problems);
    }

    private string? FindProblem(ConfiguredRule rule)
    {
        if (string.IsNullOrWhiteSpace(rule.Tool) || string.IsNullOrWhiteSpace(rule.Resource))
        {
            return "needs a Tool, and a Resource that is not blank.";
        }

        if (rule.Effect is not { } effect || !Enum.IsDefined(effect))
        {
            return "needs an Effect: Allow, Ask or Deny.";
        }

        return catalog.Tools.Any(tool => PermissionPattern.MatchesTool(rule.Tool, tool.Definition.Name))
            ? null
            : $"speaks of '{rule.Tool}', but there is no such tool. Use one of: "
                + $"{string.Join(", ", catalog.Tools.Select(tool => tool.Definition.Name))}, with * for any characters.";
    }
}
