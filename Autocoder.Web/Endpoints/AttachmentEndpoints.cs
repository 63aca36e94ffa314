using Autocoder.Core.Attachments;
using Autocoder.Core.Conversations;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace Autocoder.Web.Endpoints;

/// <summary>Takes files for a prompt, and shows the pictures among them again.</summary>
public static class AttachmentEndpoints
{
    // Cross-site scripts cannot send a header of their own without asking first, and nobody answers them.
    private const string OwnHeader = "X-Autocoder";

    /// <summary>Maps <c>POST /uploads?name=</c>, with the bytes as the body, and <c>GET /blobs/{hash}</c>.</summary>
    public static void MapAttachments(this IEndpointRouteBuilder routes)
    {
        routes.MapPost("/uploads", UploadAsync)
            .WithMetadata(new RequestSizeLimitAttribute(AttachmentLimits.ImageBytes + 1024))
            .WithTags("Attachments")
            .WithSummary("Takes a file, as the body, for a later prompt. Needs the header X-Autocoder.")
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status403Forbidden)
            .ProducesProblem(StatusCodes.Status413PayloadTooLarge)
            .ProducesProblem(StatusCodes.Status507InsufficientStorage);
        routes.MapGet("/blobs/{hash:regex(^[0-9a-f]{{64}}$)}", ShowAsync)
            .WithTags("Attachments")
            .WithSummary("Shows a picture that was uploaded.")
            .Produces<byte[]>(StatusCodes.Status200OK, "image/png", "image/jpeg", "image/gif", "image/webp");
    }

    private static async Task<Results<Ok<Attachment>, ProblemHttpResult>> UploadAsync(
        HttpRequest request, string? name, AttachmentIntake intake, CancellationToken cancellationToken)
    {
        if (!request.Headers.ContainsKey(OwnHeader))
        {
            return TypedResults.Problem("Uploads come from Autocoder's own pages.", statusCode: StatusCodes.Status403Forbidden);
        }

        try
        {
            var result = await intake.AcceptAsync(name ?? "file", request.Body, [], cancellationToken);
            return result.IsAccepted
                ? TypedResults.Ok(result.Accepted)
                : TypedResults.Problem(result.Refusal, statusCode: StatusCodes.Status400BadRequest);
        }
        catch (BadHttpRequestException exception) when (exception.StatusCode == StatusCodes.Status413PayloadTooLarge)
        {
            return TypedResults.Problem(
                $"It is larger than {AttachmentLimits.ImageBytes / 1024 / 1024} MB, which is the most for one file.",
                statusCode: StatusCodes.Status413PayloadTooLarge);
        }
        catch (IOException)
        {
            return TypedResults.Problem(
                "It could not be kept: the upload broke off, or the disk refused it. Try again.", statusCode: StatusCodes.Status507InsufficientStorage);
        }
    }

    // Only pictures, and as files: whatever the bytes are, no browser runs them as a page of ours.
    private static async Task<Results<FileStreamHttpResult, NotFound>> ShowAsync(
        string hash, HttpContext context, BlobStore blobs, CancellationToken cancellationToken)
    {
        Stream content;
        try
        {
            content = blobs.OpenRead(hash);
        }
        catch (FileNotFoundException)
        {
            return TypedResults.NotFound();
        }

        var start = new byte[12];
        var length = await content.ReadAtLeastAsync(start, start.Length, throwOnEndOfStream: false, cancellationToken);
        if (PictureType(start.AsSpan(0, length)) is not { } mediaType)
        {
            await content.DisposeAsync();
            return TypedResults.NotFound();
        }

        content.Position = 0;
        context.Response.Headers.ContentSecurityPolicy = "default-src 'none'; sandbox";
        context.Response.Headers.CacheControl = "private, max-age=31536000, immutable";
        return TypedResults.File(content, mediaType, fileDownloadName: $"{hash[..12]}.{mediaType["image/".Length..]}");
    }

    private static string? PictureType(ReadOnlySpan<byte> start) => start switch
    {
        [0x89, (byte)'P', (byte)'N', (byte)'G', ..] => "image/png",
        [0xff, 0xd8, 0xff, ..] => "image/jpeg",
        [(byte)'G', (byte)'I', (byte)'F', (byte)'8', ..] => "image/gif",
        [(byte)'R', (byte)'I', (byte)'F', (byte)'F', _, _, _, _, (byte)'W', (byte)'E', (byte)'B', (byte)'P'] => "image/webp",
        _ => null,
    };
}
