using System.Diagnostics;
using System.Globalization;
using Autocoder.Core.Persistence;
using Autocoder.Core.Persistence.Startup;
using Autocoder.Tests.TestSupport;

namespace Autocoder.Tests.Persistence;

public sealed class DataDirectoryLockTests : IDisposable
{
    private readonly TemporaryFolder _temporary = new();
    private readonly DataDirectory _directory;

    public DataDirectoryLockTests()
    {
        _directory = new DataDirectory(_temporary.At("data"));
        _directory.Create();
    }

    public void Dispose() => _temporary.Dispose();

    [Fact]
    public void A_second_holder_is_refused_and_told_the_process_of_the_first()
    {
        using var first = DataDirectoryLock.Acquire(_directory);

        var refusal = Assert.Throws<StorageException>(() => DataDirectoryLock.Acquire(_directory));

        Assert.Equal("data_directory_in_use", refusal.Code);
        Assert.Contains(
            string.Create(CultureInfo.InvariantCulture, $"(process {Environment.ProcessId})"), refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_lock_is_free_after_it_was_disposed()
    {
        DataDirectoryLock.Acquire(_directory).Dispose();

        Assert.False(File.Exists(_temporary.At("data", "autocoder.pid")));
        DataDirectoryLock.Acquire(_directory).Dispose();
    }

    [Fact]
    public void Another_process_holds_the_lock_until_it_is_killed()
    {
        using var other = HoldInAnotherProcess();
        File.WriteAllText(_temporary.At("data", "autocoder.pid"), "4711");

        Assert.Contains("process 4711", Assert.Throws<StorageException>(() => DataDirectoryLock.Acquire(_directory)).Message, StringComparison.Ordinal);

        // SIGKILL: the other process can clean nothing up.
        other.Kill(entireProcessTree: true);
        other.WaitForExit();
        DataDirectoryLock.Acquire(_directory).Dispose();
    }

    [Fact]
    public void Of_many_who_start_at_once_exactly_one_gets_the_lock()
    {
        for (var round = 0; round < 20; round++)
        {
            var locks = Enumerable.Range(0, 8).AsParallel().WithDegreeOfParallelism(8).Select(_ => TryAcquire()).ToList();

            Assert.Single(locks, held => held is not null);
            locks.ForEach(held => held?.Dispose());
        }
    }

    private DataDirectoryLock? TryAcquire()
    {
        try
        {
            return DataDirectoryLock.Acquire(_directory);
        }
        catch (StorageException exception) when (exception.Code == "data_directory_in_use")
        {
            return null;
        }
    }

    // flock(1) takes the same kind of lock as .NET does on Unix; -o keeps its child from holding it too.
    private Process HoldInAnotherProcess()
    {
        string[] arguments = ["-o", _temporary.At("data", "autocoder.lock"), "sh", "-c", "echo held; exec sleep 600"];
        var process = Process.Start(new ProcessStartInfo("flock", arguments) { RedirectStandardOutput = true })!;
        Assert.Equal("held", process.StandardOutput.ReadLine());
        return process;
    }
}
