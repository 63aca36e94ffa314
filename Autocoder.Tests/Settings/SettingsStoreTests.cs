using Autocoder.Core.Engines.ClaudeCode;
using Autocoder.Core.Engines.Models.Anthropic;
using Autocoder.Core.Persistence;
using Autocoder.Core.Settings;
using Autocoder.Tests.TestSupport;
using Autocoder.Tests.Web.Endpoints;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Autocoder.Tests.Settings;

/// <summary>What is changed on the settings page: kept, in effect at once, and below what a start says.</summary>
public sealed class SettingsStoreTests : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly ManualClock _clock = new();

    public void Dispose() => _folder.Dispose();

    private string FilePath => new DataDirectory(_folder.Path).SettingsFile;

    [Fact]
    public async Task A_change_is_in_effect_at_once_and_after_a_restart()
    {
        var (store, configuration) = Open();

        await store.SetAsync(SettingNames.AnthropicModel, " claude-opus-5 ", CancellationToken.None);

        Assert.Equal("claude-opus-5", configuration[SettingNames.AnthropicModel]);
        Assert.Equal("claude-opus-5", Open().Configuration[SettingNames.AnthropicModel]);
        await store.SetAsync(SettingNames.AnthropicModel, "", CancellationToken.None);
        Assert.Null(configuration[SettingNames.AnthropicModel]);
    }

    [Fact]
    public async Task What_a_start_says_wins_and_is_told()
    {
        var (store, configuration) = Open(new() { [SettingNames.AnthropicModel] = "from-the-command-line" });

        await store.SetAsync(SettingNames.AnthropicModel, "mine", CancellationToken.None);

        Assert.Equal("from-the-command-line", configuration[SettingNames.AnthropicModel]);
        Assert.True(store.Get(SettingNames.AnthropicModel) is { Saved: "mine", Effective: "from-the-command-line", IsOverridden: true });
    }

    [Fact]
    public async Task A_secret_is_kept_encrypted_and_only_its_end_is_shown()
    {
        var (store, configuration) = Open();

        await store.SetAsync(SettingNames.AnthropicApiKey, "sk-ant-0123456789abcd", CancellationToken.None);

        Assert.DoesNotContain("0123456789", await File.ReadAllTextAsync(FilePath), StringComparison.Ordinal);
        Assert.Null(configuration[SettingNames.AnthropicApiKey]);
        Assert.Equal("…abcd", store.Get(SettingNames.AnthropicApiKey).Saved);
        Assert.Equal("sk-ant-0123456789abcd", store.ReadSecret(SettingNames.AnthropicApiKey));
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(FilePath));
        }
    }

    [Theory]
    [InlineData("Autocoder:Port", "1")]
    [InlineData("Autocoder:DataDirectory", "/tmp")]
    [InlineData(SettingNames.AnthropicModel, "two\nlines")]
    public async Task What_is_no_setting_of_the_page_is_refused(string name, string value)
    {
        var (store, _) = Open();

        await Assert.ThrowsAsync<ArgumentException>(() => store.SetAsync(name, value, CancellationToken.None));

        Assert.False(File.Exists(FilePath));
    }

    [Fact]
    public async Task A_file_nobody_can_read_is_told_and_put_aside_by_the_next_change()
    {
        await File.WriteAllTextAsync(FilePath, "{ not json");
        var (store, _) = Open();
        Assert.Contains("could not be read", store.Problem, StringComparison.Ordinal);

        await store.SetAsync(SettingNames.AnthropicModel, "mine", CancellationToken.None);

        Assert.Null(store.Problem);
        var aside = Assert.Single(Directory.GetFiles(_folder.Path, "settings.json.unreadable-*"));
        Assert.Equal("{ not json", await File.ReadAllTextAsync(aside));
    }

    [Fact]
    public async Task Names_of_a_newer_build_are_kept_and_not_in_effect()
    {
        await File.WriteAllTextAsync(FilePath, """{"Autocoder:FromTheFuture":"x","Autocoder:Port":"1"}""");
        var (store, configuration) = Open();

        await store.SetAsync(SettingNames.AnthropicModel, "mine", CancellationToken.None);

        Assert.Contains("FromTheFuture", await File.ReadAllTextAsync(FilePath), StringComparison.Ordinal);
        Assert.Null(configuration["Autocoder:Port"]);
    }

    [Fact]
    public async Task Changes_at_the_same_time_are_all_kept()
    {
        var (store, _) = Open();

        await Task.WhenAll(SettingNames.All.Select(name => store.SetAsync(name, $"value of {name}", CancellationToken.None)));

        Assert.All(SettingNames.All, name => Assert.NotEmpty(store.Get(name).Saved));
    }

    [Fact]
    public async Task What_an_engine_cannot_work_with_is_refused_and_the_setting_stays_as_it_was()
    {
        await using var app = await WebApp.StartAsync(_ => { });
        var store = app.Services.GetRequiredService<SettingsStore>();
        var options = app.Services.GetRequiredService<IOptionsMonitor<AnthropicOptions>>();
        await store.SetAsync(SettingNames.AnthropicBaseUrl, "http://127.0.0.1:8080", CancellationToken.None);
        Assert.Equal("http://127.0.0.1:8080", options.CurrentValue.BaseUrl);

        var refused = await Assert.ThrowsAsync<ArgumentException>(
            () => store.SetAsync(SettingNames.AnthropicBaseUrl, "not an address", CancellationToken.None));

        Assert.Contains("is not the address of a server", refused.Message, StringComparison.Ordinal);
        Assert.Equal("http://127.0.0.1:8080", options.CurrentValue.BaseUrl);
    }

    [Fact]
    public async Task A_saved_key_reaches_its_engine()
    {
        await using var app = await WebApp.StartAsync(_ => { });
        var options = app.Services.GetRequiredService<IOptionsMonitor<AnthropicOptions>>();
        Assert.Empty(options.CurrentValue.ApiKey);

        await app.Services.GetRequiredService<SettingsStore>().SetAsync(SettingNames.AnthropicApiKey, "sk-ant-0123456789abcd", CancellationToken.None);

        Assert.Equal("sk-ant-0123456789abcd", options.CurrentValue.ApiKey);
    }

    [Fact]
    public async Task Claude_code_is_started_anew_with_a_key_or_an_address_that_was_saved()
    {
        await using var app = await WebApp.StartAsync(_ => { });
        var (store, cli) = (app.Services.GetRequiredService<SettingsStore>(), app.Services.GetRequiredService<CliProgram>());
        var setups = new List<string> { cli.Setup };

        await store.SetAsync(SettingNames.ClaudeCodeApiKey, "sk-ant-0123456789abcd", CancellationToken.None);
        setups.Add(cli.Setup);
        await store.SetAsync(SettingNames.ClaudeCodeBaseUrl, "http://127.0.0.1:8080", CancellationToken.None);
        setups.Add(cli.Setup);
        await store.SetAsync(SettingNames.ClaudeCodeModel, "opus", CancellationToken.None);

        Assert.Equal(3, setups.Distinct().Count());
        Assert.Equal(("http://127.0.0.1:8080", "opus", true), (cli.BaseUrl, cli.Model, cli.HasKey));
        Assert.DoesNotContain(setups, setup => setup.Contains("0123456789abcd", StringComparison.Ordinal));
    }

    private (SettingsStore Store, IConfigurationRoot Configuration) Open(Dictionary<string, string?>? start = null)
    {
        var configuration = new ConfigurationBuilder().Add(new SettingsSource(FilePath)).AddInMemoryCollection(start ?? []).Build();
        return (new SettingsStore(new DataDirectory(_folder.Path), configuration, new Reversing(), _clock), configuration);
    }

    private sealed class Reversing : ISecretProtector
    {
        public string Protect(string secret) => new([.. secret.Reverse()]);

        public string? Unprotect(string protectedSecret) => Protect(protectedSecret);
    }
}
