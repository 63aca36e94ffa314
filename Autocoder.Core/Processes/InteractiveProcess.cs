using System.Buffers;
using System.ComponentModel;
using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Threading.Channels;

namespace Autocoder.Core.Processes;

/// <summary>A program that is spoken to line by line while it runs. Its output is read by one reader; the rest is safe from any thread.</summary>
public sealed class InteractiveProcess : IAsyncDisposable
{
    /// <summary>The longest line that is read, in bytes.</summary>
    public const int MaxLineBytes = 64 * 1024 * 1024;

    private const int ErrorBytes = 16 * 1024;
    private static readonly TimeSpan TimeToTerminate = TimeSpan.FromMilliseconds(700);
    private static readonly TimeSpan TimeToDie = TimeSpan.FromSeconds(2);

    private readonly Process _process;
    private readonly IDisposable _entry;
    private readonly ProcessTree? _tree;
    private readonly LimitedOutput _errors = new(ErrorBytes);
    private readonly Channel<ReadOnlyMemory<byte>> _input = Channel.CreateUnbounded<ReadOnlyMemory<byte>>(new() { SingleReader = true });
    private readonly Task _writing;
    private readonly Task _errorsRead;
    private readonly Lazy<Task> _ending;

    private InteractiveProcess(Process process, IDisposable entry, ProcessTree? tree)
    {
        _process = process;
        _entry = entry;
        _tree = tree;
        _writing = WriteAllAsync();
        _errorsRead = ReadErrorsAsync();
        _ending = new Lazy<Task>(EndOnceAsync);
    }

    /// <summary>Its id in the system.</summary>
    public int Id => _process.Id;

    /// <summary>What it wrote to its error output: the beginning and the end.</summary>
    public string Errors => _errors.ToText();

    internal static InteractiveProcess Start(ProcessRequest request, IReadOnlyDictionary<string, string> environment, ProcessLedger ledger)
    {
        var (process, tree) = ProcessCommand.Start(request, environment, ledger);
        return new InteractiveProcess(process, ledger.Enter(process), tree);
    }

    /// <summary>Writes a line, after those before it. Returns at once; what a program that has ended does not read is lost.</summary>
    /// <param name="line">UTF-8, with its line feed.</param>
    public void Write(ReadOnlyMemory<byte> line) => _input.Writer.TryWrite(line);

    /// <summary>Reads its output line by line, without line feeds, until it ends.</summary>
    /// <exception cref="InvalidDataException">A line is longer than <see cref="MaxLineBytes"/>.</exception>
    public async IAsyncEnumerable<ReadOnlyMemory<byte>> ReadLinesAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var stream = _process.StandardOutput.BaseStream;
        var buffer = new byte[64 * 1024];
        var line = new ArrayBufferWriter<byte>(64 * 1024);
        int read;
        while ((read = await ReadAsync(stream, buffer, cancellationToken).ConfigureAwait(false)) > 0)
        {
            var rest = buffer.AsMemory(0, read);
            for (int end; (end = rest.Span.IndexOf((byte)'\n')) >= 0; rest = rest[(end + 1)..])
            {
                line.Write(rest.Span[..end]);
                yield return line.WrittenMemory;
                line.ResetWrittenCount();
            }

            line.Write(rest.Span);
            if (line.WrittenCount > MaxLineBytes)
            {
                throw new InvalidDataException($"A line is longer than {MaxLineBytes / 1024 / 1024} MiB.");
            }
        }

        if (line.WrittenCount > 0)
        {
            yield return line.WrittenMemory;
        }
    }

    /// <summary>Waits until it has ended and its error output was read.</summary>
    /// <returns>Its exit code; null when it has not ended in time.</returns>
    public async Task<int?> WaitAsync(TimeSpan patience)
    {
        await Task.WhenAll(_process.WaitForExitAsync(CancellationToken.None), _errorsRead)
            .WaitAsync(patience, CancellationToken.None).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return _process.HasExited ? _process.ExitCode : null;
    }

    /// <summary>Closes its input and waits for its end.</summary>
    public async Task<int?> CloseInputAsync(TimeSpan patience)
    {
        _input.Writer.TryComplete();
        return await WaitAsync(patience).ConfigureAwait(false);
    }

    /// <summary>Ends it and all that came of it: asked first, then killed. Returns when nothing of it is left.</summary>
    public async ValueTask DisposeAsync() => await _ending.Value.ConfigureAwait(false);

    private async Task EndOnceAsync()
    {
        _input.Writer.TryComplete();
        if (_tree is not null && OperatingSystem.IsLinux())
        {
            if (_tree.Signal(ProcessTree.Terminate) > 0)
            {
                await WaitAsync(TimeToTerminate).ConfigureAwait(false);
            }

            await _tree.KillAsync(TimeToDie).ConfigureAwait(false);
        }
        else
        {
            KillDescendants();
        }

        // Also asks the system how it ended: a process whose parent never does stays as a zombie.
        await WaitAsync(TimeToDie).ConfigureAwait(false);
        _entry.Dispose();
        _process.Dispose();
    }

    private void KillDescendants()
    {
        try
        {
            _process.Kill(entireProcessTree: true);
        }
        catch (Exception exception) when (exception is InvalidOperationException or Win32Exception or AggregateException)
        {
            // It has ended by itself.
        }
    }

    // A task of its own, so that whoever reads the output never waits for a program that does not read its input.
    private async Task WriteAllAsync()
    {
        var stream = _process.StandardInput.BaseStream;
        try
        {
            await foreach (var line in _input.Reader.ReadAllAsync().ConfigureAwait(false))
            {
                await stream.WriteAsync(line).ConfigureAwait(false);
                await stream.FlushAsync().ConfigureAwait(false);
            }

            stream.Close();
        }
        catch (Exception exception) when (exception is IOException or ObjectDisposedException)
        {
            // It has ended; its exit code and its errors say why.
        }
    }

    private async Task ReadErrorsAsync()
    {
        var buffer = new byte[4 * 1024];
        int read;
        while ((read = await ReadAsync(_process.StandardError.BaseStream, buffer, CancellationToken.None).ConfigureAwait(false)) > 0)
        {
            _errors.Add(buffer.AsSpan(0, read));
        }
    }

    private static async Task<int> ReadAsync(Stream stream, byte[] buffer, CancellationToken cancellationToken)
    {
        try
        {
            return await stream.ReadAsync(buffer, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is IOException or ObjectDisposedException)
        {
            return 0; // Closed here, because nobody waits for it any longer.
        }
    }
}
