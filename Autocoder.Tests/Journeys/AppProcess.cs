using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Autocoder.Tests.TestSupport;

namespace Autocoder.Tests.Journeys;

/// <summary>The real application as a process of its own, on a data directory and home of its own. It can be killed and started again.</summary>
internal sealed class AppProcess : IAsyncDisposable
{
    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(60);

    private readonly TempFolder _folder = new();
    private readonly StringBuilder _output = new();
    private readonly int _port = FreePort();
    private readonly string[] _settings;
    private Process? _process;
    private TaskCompletionSource _ready = new();

    private AppProcess(string[] settings) => _settings = settings;

    public Uri Address => new($"http://127.0.0.1:{_port}");

    public string DataDirectory => _folder["data"];

    public int ProcessId => _process!.Id;

    /// <summary>Everything it printed, both streams.</summary>
    public string Output
    {
        get
        {
            lock (_output)
            {
                return _output.ToString();
            }
        }
    }

    /// <param name="settings">As on the command line: <c>--Autocoder:Engine:Default=scripted</c>.</param>
    public static async Task<AppProcess> StartAsync(params string[] settings)
    {
        var app = new AppProcess(settings);
        await app.StartAgainAsync();
        return app;
    }

    /// <summary>Starts another one that is expected to end by itself, and says how it did.</summary>
    public static async Task<(int ExitCode, string Output, string Error)> RunAsync(params string[] settings)
    {
        using var process = Process.Start(Program(settings))!;
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync().WaitAsync(StartLimit);
        return (process.ExitCode, await output, await error);
    }

    /// <summary>A folder for a project, outside the data directory.</summary>
    public string NewProjectFolder(string name) => Directory.CreateDirectory(_folder["projects", name]).FullName;

    /// <summary>Starts the process on the same port and data, and waits for its one line.</summary>
    public async Task StartAgainAsync()
    {
        var ready = _ready = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _process = new Process { StartInfo = StartInfo(), EnableRaisingEvents = true };
        _process.OutputDataReceived += (_, line) => Collect(line.Data, ready);
        _process.ErrorDataReceived += (_, line) => Collect(line.Data, ready);
        _process.Exited += (_, _) => ready.TrySetException(new InvalidOperationException($"It ended by itself:\n{Output}"));
        _process.Start();
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
        await ready.Task.WaitAsync(StartLimit);
    }

    /// <summary>Kills it as <c>kill -9</c> does: no goodbye, no cleaning up. A start that is under way is cancelled.</summary>
    public async Task KillAsync()
    {
        _ready.TrySetCanceled();
        _process!.EnableRaisingEvents = false;
        _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
        _process = null;
    }

    public async ValueTask DisposeAsync()
    {
        if (_process is not null)
        {
            await KillAsync();
        }

        _folder.Dispose();

        // What a page hides from the person is still a defect.
        if (Output.Split('\n').Any(line => line.StartsWith("fail:", StringComparison.Ordinal) || line.StartsWith("crit:", StringComparison.Ordinal)))
        {
            throw new InvalidOperationException($"The server met an error it did not expect:\n{Output}");
        }
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private static ProcessStartInfo Program(IEnumerable<string> settings)
    {
        var start = new ProcessStartInfo("dotnet")
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = Path.GetTempPath(),
        };
        start.ArgumentList.Add(Repository.PathOf("Autocoder.Web", "bin", Repository.Configuration, "net10.0", "Autocoder.Web.dll"));
        foreach (var setting in settings)
        {
            start.ArgumentList.Add(setting);
        }

        return start;
    }

    private ProcessStartInfo StartInfo()
    {
        var start = Program([$"--Autocoder:Port={_port}", $"--Autocoder:DataDirectory={DataDirectory}", .. _settings]);
        start.WorkingDirectory = _folder.Path;

        // Whatever a page proposes, nothing lands in the home of whoever runs the tests.
        start.Environment["HOME"] = Directory.CreateDirectory(_folder["home"]).FullName;
        return start;
    }

    private void Collect(string? line, TaskCompletionSource ready)
    {
        if (line is null)
        {
            return;
        }

        lock (_output)
        {
            _output.AppendLine(line);
        }

        if (line.Contains(Address.GetLeftPart(UriPartial.Authority), StringComparison.Ordinal))
        {
            ready.TrySetResult();
        }
    }
}
