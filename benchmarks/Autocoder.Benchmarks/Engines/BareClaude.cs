using System.Diagnostics;
using System.Text.Json;
using Autocoder.Core.Engines.ClaudeCode;

namespace Autocoder.Benchmarks.Engines;

/// <summary>The Claude Code program over its standard input and output, with nothing of ours between.</summary>
/// <remarks>The same command line and environment as the engine's, with the program's own system prompt and without our tools and hook.</remarks>
internal sealed class BareClaude : IAsyncDisposable
{
    private readonly Process _process;

    private BareClaude(Process process) => _process = process;

    public static async Task<BareClaude> StartAsync(CliProgram cli, string program, string folder)
    {
        var launch = new CliLaunch(folder, Model: null, Instructions: "", "Read,Write", HostTools: []);
        var request = cli.ToRequest(Guid.NewGuid(), program, launch.ToArguments(resume: null, Guid.NewGuid().ToString()), folder);
        var start = new ProcessStartInfo(program)
        {
            WorkingDirectory = folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var argument in request.Arguments)
        {
            start.ArgumentList.Add(argument);
        }

        foreach (var (name, value) in request.Environment)
        {
            start.Environment[name] = value;
        }

        var process = Process.Start(start)!;
        process.ErrorDataReceived += (_, _) => { };
        process.BeginErrorReadLine();
        var bare = new BareClaude(process);
        await bare.SendAsync(new { type = "control_request", request_id = "1", request = new { subtype = "initialize" } });
        await bare.ReadUntilAsync(message => message.Text("type") == "control_response");
        return bare;
    }

    /// <summary>Sends a prompt and waits for the end of the turn.</summary>
    /// <param name="sent">From when on to count; null for the moment of sending.</param>
    /// <returns>Milliseconds until the first piece of the answer was read.</returns>
    public async Task<double> AskAsync(string text, long? sent = null)
    {
        var since = sent ?? Stopwatch.GetTimestamp();
        await SendAsync(new { type = "user", message = new { role = "user", content = text } });
        await ReadUntilAsync(message => message.At("event").At("delta").Text("type") == "text_delta");
        var first = Stopwatch.GetElapsedTime(since).TotalMilliseconds;
        await ReadUntilAsync(message => message.Text("type") == "result");
        return first;
    }

    public async ValueTask DisposeAsync()
    {
        _process.StandardInput.Close();
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(5));
        try
        {
            await _process.WaitForExitAsync(patience.Token);
        }
        catch (OperationCanceledException)
        {
            _process.Kill(entireProcessTree: true);
        }

        _process.Dispose();
    }

    private async Task SendAsync(object message)
    {
        await _process.StandardInput.WriteLineAsync(JsonSerializer.Serialize(message));
        await _process.StandardInput.FlushAsync();
    }

    private async Task ReadUntilAsync(Func<JsonElement, bool> isIt)
    {
        while (await _process.StandardOutput.ReadLineAsync() is { } line)
        {
            if (line.StartsWith('{'))
            {
                using var document = JsonDocument.Parse(line);
                if (isIt(document.RootElement))
                {
                    return;
                }
            }
        }

        throw new InvalidOperationException("Claude Code ended.");
    }
}
