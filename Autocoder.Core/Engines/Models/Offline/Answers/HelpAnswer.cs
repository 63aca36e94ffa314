namespace Autocoder.Core.Engines.Models.Offline.Answers;

/// <summary>Says what the offline assistant is and can do.</summary>
internal static class HelpAnswer
{
    public const string Abilities = """
        This is what I can do:

        - **Progress**: `how far is this project?`, `what is next?`, `what is blocked?`
        - **Features**: `list the features`, `show feature 3`
        - **Finding**: `where is the login?`, `find "TODO"`, `where is TodoList defined?`
        - **Files**: `what does src/app.js do?`
        - **The whole**: `give me an overview of the project`
        """;

    public static string Write() =>
        "Hello! I am the offline assistant. I use no language model: I answer by looking at this project, and I quote what I find "
        + $"with its place. I change nothing.\n\n{Abilities}";
}
