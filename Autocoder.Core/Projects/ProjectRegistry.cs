using Autocoder.Core.Files;
using Microsoft.Extensions.Logging;

namespace Autocoder.Core.Projects;

/// <summary>The list of projects. Safe to use from any thread; changes happen one after the other.</summary>
public sealed partial class ProjectRegistry(
    IProjectStore store,
    ProjectFolderRules rules,
    TimeProvider clock,
    ILogger<ProjectRegistry> logger) : IDisposable
{
    // A rule is checked against the list as it is, so nothing may change between the check and the change.
    private readonly SemaphoreSlim _changing = new(1, 1);

    /// <summary>Raised after the list has changed, on the thread of whoever changed it. Return at once, and read the list again.</summary>
    public event Action? Changed;

    /// <summary>The projects, the one opened last first. Those whose folder is missing are in it.</summary>
    public async Task<IReadOnlyList<Project>> ListAsync(CancellationToken cancellationToken)
    {
        var stored = await store.ListAsync(cancellationToken).ConfigureAwait(false);
        return [.. Present(stored).OrderByDescending(project => project.LastOpenedAt).ThenBy(project => project.Name.Value, StringComparer.OrdinalIgnoreCase)];
    }

    public async Task<Project?> FindAsync(Guid id, CancellationToken cancellationToken) =>
        (await ListAsync(cancellationToken).ConfigureAwait(false)).FirstOrDefault(project => project.Id == id);

    /// <summary>Finds by name, in any case.</summary>
    public async Task<Project?> FindByNameAsync(string name, CancellationToken cancellationToken) =>
        (await ListAsync(cancellationToken).ConfigureAwait(false)).FirstOrDefault(project => HasName(project, name));

    /// <summary>Says what <see cref="CreateAsync"/> or <see cref="ImportAsync"/> would say about a folder, while a person types.</summary>
    /// <param name="mayBeMissing">True for creating, false for importing.</param>
    public async Task<FolderCheck> CheckFolderAsync(string? folder, bool mayBeMissing, CancellationToken cancellationToken) =>
        rules.Check(folder, await ListAsync(cancellationToken).ConfigureAwait(false), mayBeMissing);

    /// <summary>
    /// Adds a project. The folder may exist, empty or not; a missing one is created when its parent exists. A folder that
    /// was a project before brings that project back, with its conversations, under the new name.
    /// </summary>
    /// <exception cref="ProjectRefusedException">The name or the folder cannot be used.</exception>
    public Task<Project> CreateAsync(string name, string folder, CancellationToken cancellationToken)
    {
        var parsed = ProjectName.Parse(name);
        return AddAsync(folder, mayBeMissing: true, (_, _, _) => parsed, cancellationToken);
    }

    /// <summary>
    /// Adds an existing folder. Without a name the project gets back the one it had before, or one made from the folder's.
    /// </summary>
    /// <exception cref="ProjectRefusedException">The name or the folder cannot be used.</exception>
    public Task<Project> ImportAsync(string folder, string? name, CancellationToken cancellationToken)
    {
        var parsed = name is null ? null : ProjectName.Parse(name);
        return AddAsync(
            folder,
            mayBeMissing: false,
            (real, before, others) => parsed ?? Free(before?.Name ?? ProjectName.ProposeFor(real), others),
            cancellationToken);
    }

    /// <summary>Tells where the folder of a project is now, after it was moved.</summary>
    /// <exception cref="ProjectNotFoundException">The project is not in the list.</exception>
    /// <exception cref="ProjectRefusedException">The folder cannot be used.</exception>
    public Task<Project> LocateAsync(Guid id, string folder, CancellationToken cancellationToken) =>
        ChangeAsync(
            id,
            (project, others) => project with { Folder = Require(rules.Check(folder, others, mayBeMissing: false)) },
            cancellationToken);

    /// <exception cref="ProjectNotFoundException">The project is not in the list.</exception>
    /// <exception cref="ProjectRefusedException">The name cannot be used.</exception>
    public Task<Project> RenameAsync(Guid id, string name, CancellationToken cancellationToken)
    {
        var parsed = ProjectName.Parse(name);
        return ChangeAsync(id, (project, others) => project with { Name = RequireFree(parsed, others) }, cancellationToken);
    }

    /// <summary>Moves the project to the top of the list.</summary>
    /// <exception cref="ProjectNotFoundException">The project is not in the list.</exception>
    public Task<Project> MarkOpenedAsync(Guid id, CancellationToken cancellationToken) =>
        ChangeAsync(id, (project, _) => project with { LastOpenedAt = clock.GetUtcNow() }, cancellationToken);

    /// <summary>Takes the project off the list. Its files stay, its conversations too: adding the folder again brings them back.</summary>
    /// <exception cref="ProjectNotFoundException">The project is not in the list.</exception>
    public Task RemoveAsync(Guid id, CancellationToken cancellationToken) =>
        ChangeAsync(id, (project, _) => project with { RemovedAt = clock.GetUtcNow() }, cancellationToken);

    public void Dispose() => _changing.Dispose();

    private Task<Project> AddAsync(
        string folder,
        bool mayBeMissing,
        Func<string, StoredProject?, IReadOnlyList<Project>, ProjectName> chooseName,
        CancellationToken cancellationToken) =>
        AloneAsync(
            async stored =>
            {
                var others = Present(stored).ToList();
                var check = rules.Check(folder, others, mayBeMissing);
                var real = Require(check);
                var before = stored.Where(project => PathRules.Same(project.Folder, real)).MaxBy(project => project.RemovedAt);
                var name = RequireFree(chooseName(real, before, others), others);
                if (!check.Exists)
                {
                    CreateFolder(real);
                }

                var now = clock.GetUtcNow();
                var added = before is null
                    ? new StoredProject(Guid.CreateVersion7(now), name, real, now, now, RemovedAt: null)
                    : before with { Name = name, Folder = real, LastOpenedAt = now, RemovedAt = null };
                await store.SaveAsync(added, cancellationToken).ConfigureAwait(false);
                return added;
            },
            cancellationToken);

    private Task<Project> ChangeAsync(
        Guid id,
        Func<StoredProject, IReadOnlyList<Project>, StoredProject> change,
        CancellationToken cancellationToken) =>
        AloneAsync(
            async stored =>
            {
                var project = stored.FirstOrDefault(project => project.Id == id && project.RemovedAt is null)
                    ?? throw new ProjectNotFoundException(id);
                var changed = change(project, [.. Present(stored).Where(other => other.Id != id)]);
                await store.SaveAsync(changed, cancellationToken).ConfigureAwait(false);
                return changed;
            },
            cancellationToken);

    private async Task<Project> AloneAsync(
        Func<IReadOnlyList<StoredProject>, Task<StoredProject>> work,
        CancellationToken cancellationToken)
    {
        StoredProject changed;
        await _changing.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            changed = await work(await store.ListAsync(cancellationToken).ConfigureAwait(false)).ConfigureAwait(false);
        }
        finally
        {
            _changing.Release();
        }

        RaiseChanged();
        return ToProject(changed);
    }

    private void RaiseChanged()
    {
        foreach (var handler in Delegate.EnumerateInvocationList(Changed))
        {
            try
            {
                handler();
            }
            catch (Exception exception)
            {
                // A page that is broken must not make a change look failed that was kept.
                LogHandlerFailed(exception);
            }
        }
    }

    private static void CreateFolder(string folder)
    {
        try
        {
            Directory.CreateDirectory(folder);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new ProjectRefusedException(
                ProjectField.Folder, $"{PathRules.Show(folder)} could not be created: {exception.Message}", FolderRefusal.NotWritable);
        }
    }

    private static string Require(FolderCheck check) =>
        check.Folder ?? throw new ProjectRefusedException(ProjectField.Folder, check.Message!, check.Refusal);

    private static ProjectName RequireFree(ProjectName name, IReadOnlyList<Project> others) =>
        others.FirstOrDefault(other => HasName(other, name.Value)) is { } taken
            ? throw new ProjectRefusedException(ProjectField.Name, $"There is already a project \"{taken.Name}\". Choose another name.")
            : name;

    private static ProjectName Free(ProjectName wanted, IReadOnlyList<Project> others)
    {
        var name = wanted;
        for (var number = 2; others.Any(other => HasName(other, name.Value)); number++)
        {
            name = wanted.Numbered(number);
        }

        return name;
    }

    private static bool HasName(Project project, string name) =>
        string.Equals(project.Name.Value, name, StringComparison.OrdinalIgnoreCase);

    private static IEnumerable<Project> Present(IEnumerable<StoredProject> stored) =>
        stored.Where(project => project.RemovedAt is null).Select(ToProject);

    private static Project ToProject(StoredProject stored) =>
        new(stored.Id, stored.Name, stored.Folder, stored.CreatedAt, stored.LastOpenedAt) { FolderExists = Directory.Exists(stored.Folder) };

    [LoggerMessage(LogLevel.Error, "A page failed to handle a change of the project list.")]
    private partial void LogHandlerFailed(Exception exception);
}
