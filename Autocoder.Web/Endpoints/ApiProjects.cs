using Autocoder.Core.Projects;
using Autocoder.Web.Endpoints.Problems;

namespace Autocoder.Web.Endpoints;

/// <summary>Finds the project an address names.</summary>
internal static class ApiProjects
{
    /// <summary>Finds a project by name, in any case, whose folder is there.</summary>
    /// <exception cref="RequestRefusedException">400 for what is not a name at all, 404 for no such project, or when its folder is missing.</exception>
    public static async Task<Project> RequireAsync(this ProjectRegistry projects, string name, CancellationToken cancellationToken)
    {
        var project = await projects.FindByNameAsync(name, cancellationToken);
        if (project is null)
        {
            throw ProjectName.TryParse(name, out var parsed, out var refusal)
                ? RequestRefusedException.NotFound("project_unknown", $"There is no project \"{parsed}\". The start page lists those there are.")
                : RequestRefusedException.Invalid("project_name_invalid", refusal);
        }

        return project.FolderExists
            ? project
            : throw RequestRefusedException.NotFound(
                "project_folder_missing",
                $"The folder of \"{project.Name}\" is missing: {project.Folder}. Put it back, or choose “Locate…” on the start page. Conversations are kept.");
    }
}
