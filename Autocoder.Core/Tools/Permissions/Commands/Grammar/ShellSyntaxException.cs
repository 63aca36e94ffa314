namespace Autocoder.Core.Tools.Permissions.Commands.Grammar;

/// <summary>A command line has something that is not understood. Never leaves this folder.</summary>
/// <param name="what">What it is, as the end of "there is …".</param>
/// <param name="place">The number of the character, from 1.</param>
internal sealed class ShellSyntaxException(string what, int place) : Exception(what)
{
    public int Place { get; } = place;
}
