using Microsoft.Extensions.Options;

namespace Autocoder.Core.Tools.Web;

/// <summary>Refuses a list of hosts that says something else than its writer thinks.</summary>
internal sealed class WebFetchOptionsValidator : IValidateOptions<WebFetchOptions>
{
    public ValidateOptionsResult Validate(string? name, WebFetchOptions options) => HostList.FindProblem(options.Hosts) is { } problem
        ? ValidateOptionsResult.Fail($"{WebFetchOptions.SectionName}:Hosts {problem}")
        : ValidateOptionsResult.Success;
}
