namespace Autocoder.Core.Projects;

/// <summary>A file of a project cannot be used. The message names the file and the reason, for a person or a model to read.</summary>
public sealed class ProjectFileException(ProjectFileProblem problem, string message, Exception? innerException = null)
    : Exception(message, innerException)
{
    public ProjectFileProblem Problem { get; } = problem;
}
