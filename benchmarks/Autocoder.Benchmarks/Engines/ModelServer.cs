using System.Diagnostics;
using Autocoder.Tests.TestSupport.ScriptedAnthropic;

namespace Autocoder.Benchmarks.Engines;

/// <summary>The scripted model in a process of its own, so that its work is not counted as ours.</summary>
internal sealed class ModelServer : IAsyncDisposable
{
    /// <summary>What this program is started with to be the server.</summary>
    public const string Argument = "model-server";

    private readonly Process _process;

    private ModelServer(Process process, string address) => (_process, Address) = (process, address);

    /// <summary>Without a slash at the end.</summary>
    public string Address { get; }

    /// <param name="scenario">JSON, on one line.</param>
    public static async Task<ModelServer> StartAsync(string scenario)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!) { RedirectStandardInput = true, RedirectStandardOutput = true };
        if (Path.GetFileNameWithoutExtension(start.FileName) == "dotnet")
        {
            start.ArgumentList.Add(typeof(ModelServer).Assembly.Location);
        }

        start.ArgumentList.Add(Argument);
        var process = Process.Start(start)!;
        await process.StandardInput.WriteLineAsync(scenario);
        await process.StandardInput.FlushAsync();
        return new ModelServer(process, await process.StandardOutput.ReadLineAsync() ?? throw new InvalidOperationException("The model server did not start."));
    }

    /// <summary>Is the server until the input ends.</summary>
    public static async Task ServeAsync(TextReader input, TextWriter output)
    {
        await using var server = await ScriptedServer.StartAsync(await input.ReadLineAsync() ?? throw new InvalidOperationException("There is no scenario."));
        await output.WriteLineAsync(server.Address.ToString().TrimEnd('/'));
        await output.FlushAsync();
        await input.ReadToEndAsync();
    }

    public async ValueTask DisposeAsync()
    {
        _process.StandardInput.Close();
        await _process.WaitForExitAsync();
        _process.Dispose();
    }
}
