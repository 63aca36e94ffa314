using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using Autocoder.Core.Conversations;
using Autocoder.Core.Tools.Shell;
using Autocoder.Tests.TestSupport;

namespace Autocoder.Tests.Tools;

/// <summary>What a command can do in the real bubblewrap. <c>./test.sh</c> installs it.</summary>
public sealed class SandboxTests : IAsyncLifetime, IDisposable
{
    private readonly ToolBench _bench = new();
    private BashTool _tool = null!;

    private string Homes => Path.Combine(_bench.Parent, "homes");

    public async Task InitializeAsync() => _tool = new BashTool(TestProcesses.Create(), await TestSandbox.StartAsync(Homes));

    public Task DisposeAsync() => Task.CompletedTask;

    public void Dispose() => _bench.Dispose();

    [Fact]
    public async Task The_project_can_be_read_and_written()
    {
        _bench.Put("a.txt", "hello");

        Assert.Equal("hello\n\n[Exit code 0.]", await RunAsync("cat a.txt; echo; mkdir b && mv a.txt b/c.txt"));
        Assert.Equal("hello", await File.ReadAllTextAsync(_bench.PathOf("b/c.txt")));
    }

    [Theory]
    [InlineData("touch /usr/x")]
    [InlineData("touch /etc/x")]
    [InlineData("echo x > /etc/hosts")]
    [InlineData("mkdir /work")]
    [InlineData("rmdir ~")]
    public async Task Nothing_outside_of_it_can_be_written(string command)
    {
        Assert.Contains("Exit code 1", await FailAsync(command), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_written_beside_it_is_gone_with_the_command()
    {
        await CallAsync("echo x > ../beside.txt; echo x > /tmp/autocoder-beside.txt; echo x > /dev/sda");

        Assert.False(File.Exists(Path.Combine(_bench.Parent, "beside.txt")));
        Assert.False(File.Exists("/tmp/autocoder-beside.txt"));
        Assert.False(File.Exists("/dev/sda"));
    }

    [Fact]
    public async Task Nothing_of_other_projects_of_homes_and_of_the_data_directory_can_be_read()
    {
        var other = Directory.CreateDirectory(Path.Combine(_bench.Parent, "other")).FullName;
        await File.WriteAllTextAsync(Path.Combine(other, "s.txt"), "S3CR3T");
        var inHome = Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), $".autocoder-sandbox-test-{Guid.NewGuid():N}");
        await File.WriteAllTextAsync(inHome, "S3CR3T");
        try
        {
            var said = await RunAsync($"cat {other}/s.txt {inHome} ~/.ssh/* /etc/shadow; ls -a ~ {_bench.Parent}; true");
            Assert.DoesNotContain("S3CR3T", said, StringComparison.Ordinal);
            Assert.DoesNotMatch("root:[x*$!]", said);
            Assert.DoesNotContain("other\n", said, StringComparison.Ordinal);
        }
        finally
        {
            File.Delete(inHome);
        }
    }

    [Theory]
    [InlineData("cat .env")]
    [InlineData("cat deep/er/id_rsa")]
    [InlineData("cat link.txt")]
    [InlineData("grep -r S3C .")]
    [InlineData("python3 -c 'print(open(\".env\").read())'")]
    [InlineData("cp .env x.txt; cat x.txt")]
    public async Task Files_with_secrets_show_nothing(string command)
    {
        _bench.Put(".env", "S3CR3T");
        _bench.Put("deep/er/id_rsa", "S3CR3T");
        File.CreateSymbolicLink(_bench.PathOf("link.txt"), ".env");

        Assert.DoesNotContain("S3CR3T", (await CallAsync(command)).Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("echo 'touch x' > .git/hooks/pre-commit")]
    [InlineData("echo '[core]' >> .git/config")]
    [InlineData("rm -rf .git/hooks")]
    [InlineData("mv .git/hooks .git/old")]
    public async Task What_git_would_run_later_cannot_be_written(string command)
    {
        _bench.Put(".git/config", "[core]\n");
        Directory.CreateDirectory(_bench.PathOf(".git/hooks"));

        await FailAsync(command);

        Assert.Equal("[core]\n", await File.ReadAllTextAsync(_bench.PathOf(".git/config")));
        Assert.Empty(Directory.EnumerateFileSystemEntries(_bench.PathOf(".git/hooks")));
    }

    [Fact]
    public async Task The_network_is_reached_only_when_it_was_asked_for()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var command = $"exec 3<>/dev/tcp/127.0.0.1/{((IPEndPoint)listener.LocalEndpoint).Port} && echo reached";

        Assert.DoesNotContain("reached\n", (await CallAsync(command)).Output, StringComparison.Ordinal);
        Assert.Contains("reached\n", (await _bench.CallAsync(_tool, new { command, network = true })).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_may_have_so_many_processes_and_no_more() =>
        Assert.Equal("1024\n\n[Exit code 0.]", await RunAsync("ulimit -u"));

    [Fact]
    public void Asking_for_the_network_asks_the_person_and_a_rule_without_it_does_not_allow_it()
    {
        var resources = Touched(new { command = "npm ci", network = true });

        Assert.Equal(["npm ci", "@network"], resources.Select(resource => resource.Name));
        Assert.All(resources, resource => Assert.Equal("npm ci (with the network)", resource.Line));
        Assert.Equal(PermissionEffect.Ask, resources[1].Standing);
    }

    [Fact]
    public async Task With_the_network_open_in_the_settings_nobody_is_asked_for_it()
    {
        var tool = new BashTool(TestProcesses.Create(), await TestSandbox.StartAsync(Homes, network: true));

        var resources = tool.ResourcesOf(JsonSerializer.SerializeToElement(new { command = "npm ci", network = true }), _bench.Folder);

        Assert.Equal(["npm ci"], resources.Select(resource => resource.Name));
    }

    [Fact]
    public async Task It_sees_no_program_but_its_own_and_no_key_of_the_server()
    {
        Environment.SetEnvironmentVariable("AUTOCODER_TEST_API_KEY", "S3CR3T");

        var said = await RunAsync("cat /proc/[0-9]*/environ | tr '\\0' '\\n'; ls -d /proc/[0-9]* | wc -l");

        Assert.DoesNotContain("S3CR3T", said, StringComparison.Ordinal);
        Assert.True(int.Parse(said.Split('\n', StringSplitOptions.RemoveEmptyEntries)[^2], null) < 10, said);
    }

    [Fact]
    public async Task What_tools_keep_in_their_home_is_there_in_the_next_call_of_this_project_only()
    {
        await RunAsync("echo kept > ~/cache.txt");
        var other = new ToolBench();
        using (other)
        {
            Assert.Equal("kept\n\n[Exit code 0.]", await RunAsync("cat ~/cache.txt"));
            Assert.Contains("No such file", await other.FailureAsync(_tool, new { command = "cat ~/cache.txt" }), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task What_is_left_in_the_background_is_ended()
    {
        var seconds = Marked.Seconds();

        Assert.StartsWith("started\n", await RunAsync($"sleep {seconds} & echo started"), StringComparison.Ordinal);
        Assert.Empty(Marked.Alive(seconds));
    }

    [Fact]
    public async Task A_command_that_takes_too_long_is_ended_with_all_it_started()
    {
        var seconds = Marked.Seconds();

        var result = await _bench.CallAsync(_tool, new { command = $"(setsid sleep {seconds} &) ; sleep {seconds}", timeout_seconds = 1 });

        Assert.Contains("took longer than 1 s", result.Output, StringComparison.Ordinal);
        Assert.Empty(Marked.Alive(seconds));
    }

    [Fact]
    public void Looking_is_allowed_where_there_is_a_sandbox_and_asked_about_where_there_is_none()
    {
        var without = new BashTool(TestProcesses.Create(), TestSandbox.Off)
            .ResourcesOf(JsonSerializer.SerializeToElement(new { command = "ls" }), _bench.Folder).Single();

        Assert.Equal(PermissionEffect.Allow, Touched(new { command = "ls" }).Single().Standing);
        Assert.Equal(PermissionEffect.Ask, without.Standing);
        Assert.Contains("switched off in the settings", without.Why, StringComparison.Ordinal);
    }

    private IReadOnlyList<Autocoder.Core.Tools.ToolResource> Touched(object arguments) =>
        _tool.ResourcesOf(JsonSerializer.SerializeToElement(arguments), _bench.Folder);

    private Task<string> RunAsync(string command) => _bench.OutputAsync(_tool, new { command });

    private Task<string> FailAsync(string command) => _bench.FailureAsync(_tool, new { command });

    private Task<Autocoder.Core.Tools.ToolResult> CallAsync(string command) => _bench.CallAsync(_tool, new { command });
}
