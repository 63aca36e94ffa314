using Microsoft.Data.Sqlite;
using static Autocoder.Tests.Journeys.ScriptedApp;
using static Microsoft.Playwright.Assertions;

namespace Autocoder.Tests.Journeys;

/// <summary>An answer is broken off in the middle of a word: by a kill of the server, or by a reload of the page.</summary>
[Collection(SharedBrowser.Name)]
public sealed class InterruptedStreamJourney(ScriptedApp app) : IClassFixture<ScriptedApp>
{
    [Theory]
    [InlineData(1)]
    [InlineData(200)]
    [InlineData(900)]
    public async Task A_killed_server_loses_nothing_that_was_seen_and_the_conversation_goes_on(int words)
    {
        var text = Words(4000);
        app.Play(Says(text, size: 40, delay: 25), Says("This is the second answer."));
        await using var context = await app.NewContextAsync();
        var page = await context.NewPageAsync();
        await Person.BeginAsync(page, "console", "Tell me a long story.");
        var answer = Person.Answers(page);
        await Expect(answer).ToContainTextAsync(Word(words));

        await app.Process.KillAsync();
        await Expect(page.GetByText("Reconnecting…")).ToBeVisibleAsync();
        await Expect(answer).ToBeVisibleAsync();
        var seen = await Person.ReadAsync(answer);
        Assert.StartsWith(seen, text, StringComparison.Ordinal);
        Assert.Contains(Word(words), seen, StringComparison.Ordinal);

        await app.Process.StartAgainAsync();
        await Expect(page.GetByText("Interrupted: Autocoder stopped while this was running.").First).ToBeVisibleAsync();
        var kept = await Person.ReadAsync(answer);
        Assert.StartsWith(seen, kept, StringComparison.Ordinal);
        Assert.StartsWith(kept, text, StringComparison.Ordinal);
        Assert.NotEqual(text, kept);
        await Expect(Person.Ended(page)).ToHaveCountAsync(1);
        await Expect(page.Locator("article.message")).ToHaveCountAsync(1);
        await Expect(answer).ToHaveCountAsync(1);

        await Person.SendAsync(page, "And then?");
        await Expect(answer.Last).ToHaveTextAsync("This is the second answer.");
        await Expect(Person.Ended(page, "ok")).ToHaveCountAsync(1);
        await Expect(page.Locator("article.message")).ToHaveCountAsync(2);
        Assert.Equal(kept, await Person.ReadAsync(answer.First));
        Assert.Equal("ok", await CheckDatabaseAsync());
    }

    [Fact]
    public async Task Reloading_in_mid_sentence_neither_loses_nor_repeats_a_character()
    {
        var text = Words(700);
        app.Play(Says(text, size: 11, delay: 10));
        await using var context = await app.NewContextAsync();
        var page = await context.NewPageAsync();
        await Person.BeginAsync(page, "console", "Tell me a story.");
        var answer = Person.Answers(page);

        foreach (var word in new[] { 5, 150, 350 })
        {
            await Expect(answer).ToContainTextAsync(Word(word));
            await page.ReloadAsync();
            await Expect(answer).ToContainTextAsync(Word(word));
            Assert.StartsWith(await Person.ReadAsync(answer), text, StringComparison.Ordinal);
            await Expect(Person.Ended(page)).ToHaveCountAsync(0);
        }

        await Expect(Person.Ended(page, "ok")).ToBeVisibleAsync();
        Assert.Equal(text, await Person.ReadAsync(answer));
        await page.ReloadAsync();
        await Expect(Person.Ended(page, "ok")).ToBeVisibleAsync();
        Assert.Equal(text, await Person.ReadAsync(answer));
    }

    private async Task<string?> CheckDatabaseAsync()
    {
        var file = Path.Combine(app.Process.DataDirectory, "autocoder.db");
        await using var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = file, Pooling = false }.ToString());
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = "PRAGMA integrity_check";
        return await command.ExecuteScalarAsync() as string;
    }
}
