namespace Autocoder.Core.Persistence;

/// <summary>Where everything Autocoder keeps lies: one directory, readable by its owner only.</summary>
public sealed class DataDirectory
{
    private const UnixFileMode OwnerReadsAndWrites = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>Names the directory; it is not touched before <see cref="Create"/>.</summary>
    /// <param name="root">Absolute, or relative to the current directory.</param>
    public DataDirectory(string root) => Root = Path.GetFullPath(root);

    /// <summary>The directory itself.</summary>
    public string Root { get; }

    /// <summary>The database.</summary>
    public string DatabaseFile => Path.Combine(Root, "autocoder.db");

    /// <summary>Attachments and long tool output, each named by the SHA-256 of its content.</summary>
    public string Blobs => Path.Combine(Root, "blobs");

    /// <summary>Copies of the database, made before each migration.</summary>
    public string Backups => Path.Combine(Root, "backups");

    /// <summary>The person's own scenarios for the scripted engine, <c>*.json</c>.</summary>
    public string Scenarios => Path.Combine(Root, "scenarios");

    /// <summary>The person's own profiles, <c>*.json</c>.</summary>
    public string Profiles => Path.Combine(Root, "profiles");

    /// <summary>What a person changed on the settings page.</summary>
    public string SettingsFile => Path.Combine(Root, "settings.json");

    /// <summary>Which programs agents have at work now.</summary>
    public string Processes => Path.Combine(Root, "processes");

    /// <summary>What commands in the sandbox find as their home, one folder for each project.</summary>
    public string Homes => Path.Combine(Root, "homes");

    /// <summary>Creates what is missing.</summary>
    /// <exception cref="StorageException">It cannot be created or written to.</exception>
    public void Create()
    {
        try
        {
            foreach (var folder in new[] { Root, Blobs, Backups, Scenarios, Profiles, Processes, Homes })
            {
                if (OperatingSystem.IsWindows())
                {
                    Directory.CreateDirectory(folder);
                }
                else
                {
                    const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
                    Directory.CreateDirectory(folder, OwnerOnly);
                    File.SetUnixFileMode(folder, OwnerOnly);
                }
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw Unusable(Root, exception);
        }
    }

    /// <summary>Takes the rights of others away from what is already there; what SQLite adds later copies the database's.</summary>
    internal void MakeFilesPrivate()
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        try
        {
            foreach (var file in new[] { DatabaseFile, DatabaseFile + "-wal", DatabaseFile + "-shm" }.Where(File.Exists))
            {
                // Only when it is needed: a file that may not be changed has its own message.
                if ((File.GetUnixFileMode(file) & ~OwnerReadsAndWrites) != 0)
                {
                    File.SetUnixFileMode(file, OwnerReadsAndWrites);
                }
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw Unusable(Root, exception);
        }
    }

    /// <summary>Creates an empty file that only its owner may read.</summary>
    internal static void CreateOwnerOnlyFile(string path)
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = OwnerReadsAndWrites;
        }

        new FileStream(path, options).Dispose();
    }

    internal static StorageException Unusable(string root, Exception exception) => new(
        "data_directory_unusable",
        $"The data directory {root} cannot be used: {exception.Message} "
        + "Choose another one with --Autocoder:DataDirectory=<folder>, or make this one writable.",
        exception);
}
