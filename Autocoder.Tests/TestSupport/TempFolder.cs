namespace Autocoder.Tests.TestSupport;

/// <summary>A folder of its own for one test, gone when disposed.</summary>
internal sealed class TempFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("autocoder-test-").FullName;

    public string this[params string[] parts] => System.IO.Path.Combine([Path, .. parts]);

    public void Dispose()
    {
        for (var tries = 0; Directory.Exists(Path); tries++)
        {
            try
            {
                Directory.Delete(Path, recursive: true);
            }
            catch (IOException) when (tries < 20)
            {
                // Somebody still closes a file in it: a process that was killed, or a reader of the database.
                Thread.Sleep(50);
            }
        }
    }
}
