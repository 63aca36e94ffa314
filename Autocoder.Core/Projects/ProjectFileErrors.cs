using System.Globalization;
using Autocoder.Core.Files;

namespace Autocoder.Core.Projects;

/// <summary>The sentences of <see cref="ProjectFileException"/>.</summary>
internal static class ProjectFileErrors
{
    public static ProjectFileException Missing(string path) => new(
        ProjectFileProblem.Missing,
        path.Length == 0
            ? "The project's folder is gone: it was moved, renamed or deleted."
            : $"There is no file or folder {Quote(path)} in the project.");

    public static ProjectFileException RootGone(string root) =>
        new(ProjectFileProblem.Missing, $"The project's folder \"{PathRules.Show(root)}\" is gone: it was moved, renamed or deleted.");

    public static ProjectFileException LinkLeaves(string path) => new(
        ProjectFileProblem.Outside,
        $"{Quote(path)} leads out of the project through a link. Only files inside the project can be used.");

    public static ProjectFileException LinkOnTheWay(string path, string name) => new(
        ProjectFileProblem.Protected,
        $"{Quote(path)} was not written: \"{PathRules.Show(name)}\" is a link, and Autocoder does not write through links.");

    public static ProjectFileException IsFolder(string path) =>
        new(ProjectFileProblem.WrongKind, $"{Quote(path)} is a folder, not a file.");

    public static ProjectFileException IsNoFolder(string path) =>
        new(ProjectFileProblem.WrongKind, $"{Quote(path)} is not a folder.");

    public static ProjectFileException IsSpecial(string path) =>
        new(ProjectFileProblem.WrongKind, $"{Quote(path)} is a pipe, socket or device. Only ordinary files can be used.");

    public static ProjectFileException TooLarge(string path, long most) => new(
        ProjectFileProblem.TooLarge,
        string.Create(CultureInfo.InvariantCulture, $"{Quote(path)} is too large: more than {Size(most)}."));

    public static ProjectFileException Binary(string path) =>
        new(ProjectFileProblem.Binary, $"{Quote(path)} is a binary file, not text.");

    public static ProjectFileException Unwritable(string path, string why) =>
        new(ProjectFileProblem.Protected, $"{Quote(path)} was not written: {why}.");

    /// <summary>Puts what the system says into our words; other exceptions are bugs and pass.</summary>
    public static ProjectFileException? TryTranslate(Exception exception, string path) => exception switch
    {
        FileNotFoundException or DirectoryNotFoundException =>
            new ProjectFileException(ProjectFileProblem.Missing, Missing(path).Message, exception),
        LinkLoopException => new ProjectFileException(
            ProjectFileProblem.Outside, $"{Quote(path)} cannot be reached: its links lead in a circle.", exception),
        PathTooLongException => new ProjectFileException(
            ProjectFileProblem.InvalidPath, $"{Quote(path)} cannot be used as a path: it is too long.", exception),
        UnauthorizedAccessException => new ProjectFileException(
            ProjectFileProblem.Refused, $"{Quote(path)} cannot be used: the system denies access to it.", exception),
        IOException => new ProjectFileException(
            ProjectFileProblem.Refused, $"{Quote(path)} cannot be used. The system says: {PathRules.Show(exception.Message)}", exception),
        _ => null,
    };

    private static string Quote(string path) => path.Length == 0 ? "The project's folder" : $"\"{PathRules.Show(path)}\"";

    private static string Size(long bytes) =>
        bytes >= 1024 * 1024 && bytes % (1024 * 1024) == 0
            ? string.Create(CultureInfo.InvariantCulture, $"{bytes / (1024 * 1024)} MiB")
            : string.Create(CultureInfo.InvariantCulture, $"{bytes} bytes");
}
