using Autocoder.Core.Conversations;
using Autocoder.Core.Engines;
using Autocoder.Tests.TestSupport;
using Autocoder.Tests.TestSupport.ScriptedAnthropic;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Autocoder.Tests.Engines.Anthropic;

/// <summary>What the settings say about the Messages API.</summary>
public sealed class AnthropicProbeTests
{
    [Fact]
    public async Task Without_a_key_it_says_what_is_missing()
    {
        var health = await CheckAsync([]);

        Assert.Equal(EngineCondition.NotConfigured, health.Condition);
        Assert.Contains("ANTHROPIC_API_KEY", health.Advice, StringComparison.Ordinal);
        Assert.False(health.CanRun);
    }

    [Fact]
    public async Task A_server_that_answers_is_ready_and_lists_its_models()
    {
        await using var server = await ScriptedServer.StartAsync("plain-text");
        await using var core = await CoreHarness.StartAsync(Settings(server.Address.ToString(), "some-key-of-mine"));
        var probe = Probe(core);

        var health = await probe.CheckAsync(isThorough: true, CancellationToken.None);

        Assert.Equal(EngineCondition.Ready, health.Condition);
        Assert.DoesNotContain(health.Facts, fact => fact.Value.Contains("some-key", StringComparison.Ordinal));
        Assert.Contains(await probe.ListModelsAsync(CancellationToken.None), model => model.Id == "claude-sonnet-5");
    }

    [Fact]
    public async Task A_wrong_key_is_told_from_a_server_that_is_not_there()
    {
        await using var server = await ScriptedServer.StartAsync("bad-key");

        Assert.Equal(EngineCondition.KeyRejected, (await CheckAsync(Settings(server.Address.ToString(), "wrong"))).Condition);
        Assert.Equal(EngineCondition.Unreachable, (await CheckAsync(Settings("http://127.0.0.1:9", "k"))).Condition);
    }

    [Theory]
    [InlineData("not an address")]
    [InlineData("ftp://host/secret-of-mine")]
    [InlineData("http://person:secret-of-mine@host")]
    public async Task A_variable_that_holds_no_address_is_told_and_does_not_keep_Autocoder_from_starting(string address)
    {
        await using var core = await CoreHarness.StartAsync(new Dictionary<string, string?>
        {
            ["ANTHROPIC_BASE_URL"] = address,
            ["ANTHROPIC_API_KEY"] = "some-key-of-mine",
            ["Autocoder:Engine:Default"] = "anthropic",
        });
        core.Services.GetRequiredService<IStartupValidator>().Validate();

        var health = await Probe(core).CheckAsync(isThorough: true, CancellationToken.None);
        var session = await core.OpenAgentAsync("anthropic");
        await session.SendAsync(Guid.CreateVersion7(), "hi", [], CancellationToken.None);
        var ended = (await core.WaitAsync(session.ConversationId, t => t.LastRun is not null)).LastRun!;

        Assert.Equal(EngineCondition.Failed, health.Condition);
        Assert.Contains("ANTHROPIC_BASE_URL", health.Summary, StringComparison.Ordinal);
        Assert.Equal((RunOutcome.Failed, "settings_invalid"), (ended.Outcome, ended.Error?.Code));
        Assert.Contains("ANTHROPIC_BASE_URL", ended.Error!.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("secret-of-mine", health.Summary + health.Advice + ended.Error.Message, StringComparison.Ordinal);
        Assert.Empty(await Probe(core).ListModelsAsync(CancellationToken.None));
    }

    [Fact]
    public async Task A_setting_that_holds_no_address_is_still_refused_at_the_start()
    {
        await using var core = await CoreHarness.StartAsync(Settings("not an address", "k"));

        Assert.Throws<OptionsValidationException>(() => core.Services.GetRequiredService<IStartupValidator>().Validate());
    }

    [Fact]
    public async Task The_usual_environment_variables_are_read_and_one_kind_of_key_goes_out()
    {
        await using var server = await ScriptedServer.StartAsync("plain-text");
        await using var core = await CoreHarness.StartAsync(new Dictionary<string, string?>
        {
            ["ANTHROPIC_BASE_URL"] = server.Address.ToString(),
            ["ANTHROPIC_API_KEY"] = "from-the-environment",
            ["ANTHROPIC_AUTH_TOKEN"] = "another",
            ["ANTHROPIC_CUSTOM_HEADERS"] = "X-One: 1\nX-Two: 2",
        });

        await Probe(core).CheckAsync(isThorough: true, CancellationToken.None);

        var asked = Assert.Single(server.Requests);
        Assert.Equal("from-the-environment", asked.Headers["x-api-key"]);
        Assert.False(asked.Headers.ContainsKey("authorization"));
        Assert.Equal(("1", "2"), (asked.Headers["X-One"], asked.Headers["X-Two"]));
    }

    [Theory]
    [InlineData("BaseUrl", "not an address")]
    [InlineData("BaseUrl", "file:///etc/passwd")]
    [InlineData("BaseUrl", "https://user:secret@host")]
    [InlineData("ApiKey", "two\nlines")]
    [InlineData("Headers:bad header", "x")]
    public async Task Settings_with_which_no_call_could_be_made_are_said_in_words(string setting, string value)
    {
        var health = await CheckAsync(new Dictionary<string, string?> { [$"Autocoder:Anthropic:{setting}"] = value });

        Assert.Equal(EngineCondition.Failed, health.Condition);
        Assert.DoesNotContain("secret", health.Summary, StringComparison.Ordinal);
    }

    private static Dictionary<string, string?> Settings(string address, string key) =>
        new() { ["Autocoder:Anthropic:BaseUrl"] = address, ["Autocoder:Anthropic:ApiKey"] = key };

    private static IEngineProbe Probe(CoreHarness core) => core.Services.GetServices<IEngineProbe>().Single(probe => probe.EngineId == "anthropic");

    private static async Task<EngineHealth> CheckAsync(Dictionary<string, string?> settings)
    {
        await using var core = await CoreHarness.StartAsync(settings);
        return await Probe(core).CheckAsync(isThorough: true, CancellationToken.None);
    }
}
