using Microsoft.Extensions.Options;

namespace Autocoder.Core.Engines.Models.Anthropic;

/// <summary>Refuses addresses and headers with which no call could be made.</summary>
internal sealed class AnthropicOptionsValidator : IValidateOptions<AnthropicOptions>
{
    public ValidateOptionsResult Validate(string? name, AnthropicOptions options)
    {
        var problems = new List<string>();
        // A setting; what only the environment says must not keep Autocoder from starting.
        if (options.AddressProblem is null && !AnthropicOptions.IsAddress(options.Address))
        {
            problems.Add($"{AnthropicOptions.SectionName}:BaseUrl is not the address of a server. Write it as https://host or http://127.0.0.1:8080, without a key in it.");
        }

        if (!IsSendable(options.ApiKey) || !IsSendable(options.AuthToken))
        {
            problems.Add($"The key in {AnthropicOptions.SectionName} has characters that cannot be sent. Copy it again, without line breaks.");
        }

        problems.AddRange(options.Headers
            .Where(header => header.Key.Length == 0 || !header.Key.All(letter => char.IsAsciiLetterOrDigit(letter) || "!#$%&'*+-.^_`|~".Contains(letter, StringComparison.Ordinal)) || !IsSendable(header.Value))
            .Select(_ => $"A header in {AnthropicOptions.SectionName}:Headers has a name or a value that cannot be sent."));
        return problems.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(problems);
    }

    private static bool IsSendable(string value) => value.All(letter => letter is >= ' ' and <= '~');
}
