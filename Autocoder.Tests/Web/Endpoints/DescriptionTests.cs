using System.Text.Json;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Autocoder.Tests.Web.Endpoints;

/// <summary>The OpenAPI document says what there is. That the statuses in it are all there are, <see cref="ApiClient"/> checks with every answer.</summary>
public sealed class DescriptionTests
{
    [Fact]
    public async Task Every_endpoint_is_described_with_a_summary_and_how_it_can_end()
    {
        await using var app = await WebApp.StartAsync(TalkingEngine.Create());
        var paths = app.Client.Description.GetProperty("paths");
        var mapped = app.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Select(endpoint => (Path: Template(endpoint), Methods: endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? []))
            .Where(endpoint => new[] { "/api/", "/uploads", "/blobs/", "/healthz" }.Any(start => endpoint.Path.StartsWith(start, StringComparison.Ordinal)))
            .SelectMany(endpoint => endpoint.Methods.Select(method => (endpoint.Path, Method: method)))
            .ToList();

        Assert.True(mapped.Count >= 20, $"Only {mapped.Count} endpoints were found.");
        Assert.All(mapped, endpoint =>
        {
            var operation = paths.GetProperty(endpoint.Path).GetProperty(endpoint.Method.ToLowerInvariant());
            Assert.EndsWith(".", operation.GetProperty("summary").GetString(), StringComparison.Ordinal);
            Assert.NotEqual(0, operation.GetProperty("tags").GetArrayLength());
            var responses = operation.GetProperty("responses").EnumerateObject().ToList();
            Assert.Contains(responses, response => response.Name[0] == '2');
            if (endpoint.Path.StartsWith("/api/", StringComparison.Ordinal))
            {
                Assert.All(responses.Where(response => response.Name[0] != '2'), IsProblem);
                Assert.Contains(responses, response => response.Name == "500");
            }
        });
    }

    [Fact]
    public async Task Every_field_a_script_may_send_is_described()
    {
        await using var app = await WebApp.StartAsync(TalkingEngine.Create());

        var prompt = app.Client.Description.GetProperty("components").GetProperty("schemas").GetProperty("PromptBody");

        Assert.Equal(
            ["attachments", "delivery", "planFirst", "promptId", "text"],
            prompt.GetProperty("properties").EnumerateObject().Select(property => property.Name).Order(StringComparer.Ordinal));
        Assert.Equal(["promptId"], prompt.GetProperty("required").EnumerateArray().Select(name => name.GetString()!));
    }

    private static void IsProblem(JsonProperty response) =>
        Assert.True(response.Value.GetProperty("content").TryGetProperty("application/problem+json", out _), $"{response.Name} has no problem body.");

    // As the document writes it: without the constraints of parameters.
    private static string Template(RouteEndpoint endpoint) => "/" + string.Join('/', endpoint.RoutePattern.PathSegments.Select(segment =>
        string.Concat(segment.Parts.Select(part => part switch
        {
            Microsoft.AspNetCore.Routing.Patterns.RoutePatternParameterPart parameter => $"{{{parameter.Name}}}",
            Microsoft.AspNetCore.Routing.Patterns.RoutePatternLiteralPart literal => literal.Content,
            _ => "",
        }))));
}
