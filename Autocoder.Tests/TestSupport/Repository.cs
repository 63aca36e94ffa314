namespace Autocoder.Tests.TestSupport;

/// <summary>The checkout these tests run in.</summary>
internal static class Repository
{
#if DEBUG
    public const string Configuration = "Debug";
#else
    public const string Configuration = "Release";
#endif

    public static string Root { get; } = FindRoot();

    public static string PathOf(params string[] parts) => Path.Combine([Root, .. parts]);

    private static string FindRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Autocoder.sln")))
            {
                return folder.FullName;
            }
        }

        throw new InvalidOperationException("These tests read the source and must run inside the repository.");
    }
}
