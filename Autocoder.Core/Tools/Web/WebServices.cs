using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Autocoder.Core.Tools.Web;

/// <summary>Registers the tool that fetches pages.</summary>
internal static class WebServices
{
    public static void AddWebFetch(this IServiceCollection services)
    {
        services.AddOptionsWithValidateOnStart<WebFetchOptions>().BindConfiguration(WebFetchOptions.SectionName);
        services.AddSingleton<IValidateOptions<WebFetchOptions>, WebFetchOptionsValidator>();
        services.AddSingleton(provider => new WebFetcher(PublicAddress.Is, Dns.GetHostAddressesAsync, provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton<WebFetchTool>();
    }
}
