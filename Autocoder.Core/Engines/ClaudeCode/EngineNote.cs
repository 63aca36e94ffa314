using Autocoder.Core.Profiles;

namespace Autocoder.Core.Engines.ClaudeCode;

/// <summary>The system prompt: the profile's own words, and how the tools they name are called here. Pure.</summary>
internal static class EngineNote
{
    /// <param name="root">The project's folder.</param>
    public static string AddTo(Profile profile, string root)
    {
        var wizard = profile.Tools.Contains("WriteSpecFile") && !profile.Tools.Contains("Write")
            ? " So is Write: one to prompts/app_spec.txt is taken as the draft; nothing else is written."
            : "";
        return $"""
            {profile.Instructions}

            ## Tools here
            The project is {root}; your own file tools take absolute paths. AskUser is your AskUserQuestion. Read is your
            own.{wizard} Every other tool named above is mcp__{CliLaunch.Server}__ and its name, for example mcp__{CliLaunch.Server}__Write;
            those take paths relative to the project. Each call may be refused, or need the person's yes; a refusal says why.
            """;
    }
}
