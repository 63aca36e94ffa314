namespace Autocoder.Core.Tools.Permissions.Commands.Grammar;

/// <summary>What was understood of a command line.</summary>
/// <param name="Script">The commands; null when the line was not understood to its end.</param>
/// <param name="Problem">What was not understood, and where, as a sentence; null when all of it was.</param>
internal sealed record CommandReading(Script? Script, string? Problem)
{
    /// <summary>Reads a command line. Pure; takes any text.</summary>
    public static CommandReading Of(string line)
    {
        try
        {
            return new CommandReading(new ShellParser(line).ParseAll(), Problem: null);
        }
        catch (ShellSyntaxException exception)
        {
            return new CommandReading(Script: null, $"At character {exception.Place} there is {exception.Message}.");
        }
    }
}
