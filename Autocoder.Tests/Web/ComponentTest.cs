using Autocoder.Web.Commands;
using Autocoder.Web.Components.Conversation;
using Bunit;
using Microsoft.Extensions.DependencyInjection;
using Radzen;

namespace Autocoder.Tests.Web;

/// <summary>Base of the component tests: Radzen's own scripts are not ours to test, and a busy machine may take its time.</summary>
public abstract class ComponentTest : BunitContext, IAsyncLifetime
{
    static ComponentTest() => DefaultWaitTimeout = TimeSpan.FromSeconds(20);

    private protected ComponentTest()
    {
        JSInterop.Mode = JSRuntimeMode.Loose;
        Services.AddRadzenComponents();
        Services.AddSingleton(TimeProvider.System);
        Services.AddScoped<Handoff>();
        Services.AddScoped<CommandDesk>();
    }

    Task IAsyncLifetime.InitializeAsync() => Task.CompletedTask;

    // xunit 2 knows only IDisposable, and components that are IAsyncDisposable need the asynchronous way.
    async Task IAsyncLifetime.DisposeAsync() => await DisposeAsync();
}
