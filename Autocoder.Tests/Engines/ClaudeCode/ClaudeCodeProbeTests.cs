using Autocoder.Core.Engines;
using Autocoder.Tests.TestSupport;
using Microsoft.Extensions.DependencyInjection;

namespace Autocoder.Tests.Engines.ClaudeCode;

/// <summary>What the settings are told about the program.</summary>
public sealed class ClaudeCodeProbeTests
{
    [Fact]
    public async Task A_program_that_works_is_ready_and_names_its_models()
    {
        await using var world = await ClaudeCodeWorld.StartAsync("plain-text");
        var probe = ProbeOf(world);

        var known = await probe.CheckAsync(isThorough: false, CancellationToken.None);
        var tried = await probe.CheckAsync(isThorough: true, CancellationToken.None);
        var models = await probe.ListModelsAsync(CancellationToken.None);

        Assert.Equal((EngineCondition.Available, EngineCondition.Ready), (known.Condition, tried.Condition));
        Assert.Contains(known.Facts, fact => fact.Key == "Version" && fact.Value.StartsWith("2.", StringComparison.Ordinal));
        Assert.DoesNotContain(known.Facts, fact => fact.Value.Contains(ClaudeCodeWorld.Key, StringComparison.Ordinal));
        Assert.Contains(models, model => model.Id == "opus");
    }

    [Theory]
    [InlineData("""{"requireApiKey":"another","turns":[]}""", "", EngineCondition.KeyRejected)]
    [InlineData("plain-text", "http://127.0.0.1:9", EngineCondition.Unreachable)]
    public async Task What_is_wrong_is_found_out_and_said(string scenario, string address, EngineCondition expected)
    {
        await using var world = address.Length == 0
            ? await ClaudeCodeWorld.StartAsync(scenario)
            : await ClaudeCodeWorld.StartAsync(scenario, ("Autocoder:ClaudeCode:BaseUrl", address));

        var health = await ProbeOf(world).CheckAsync(isThorough: true, CancellationToken.None);

        Assert.Equal(expected, health.Condition);
        Assert.NotNull(health.Advice);
    }

    [Theory]
    [InlineData(null, EngineCondition.Missing)]
    [InlineData("echo '1.0.3 (Claude Code)'", EngineCondition.TooOld)]
    [InlineData("echo something else", EngineCondition.Failed)]
    public async Task A_wrong_program_is_named(string? script, EngineCondition expected)
    {
        using var folder = new TempFolder();
        var path = folder["claude"];
        if (script is not null)
        {
            await File.WriteAllTextAsync(path, $"#!/bin/sh\n{script}\n");
            Shell.Run("chmod", "700", path);
        }

        await using var world = await ClaudeCodeWorld.StartAsync("plain-text", ("Autocoder:ClaudeCode:Path", path));

        var health = await ProbeOf(world).CheckAsync(isThorough: false, CancellationToken.None);

        Assert.Equal(expected, health.Condition);
        Assert.False(health.CanRun);
        Assert.NotNull(health.Advice);
    }

    private static IEngineProbe ProbeOf(ClaudeCodeWorld world) =>
        world.Core.Services.GetServices<IEngineProbe>().Single(probe => probe.EngineId == "claude-code");
}
