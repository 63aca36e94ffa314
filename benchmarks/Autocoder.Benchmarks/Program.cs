using Autocoder.Benchmarks.Engines;
using Autocoder.Benchmarks.Streaming;
using Autocoder.Benchmarks.Viewing;

// One folder a subject. Run with: dotnet run -c Release --project benchmarks/Autocoder.Benchmarks -- streaming
switch (args.FirstOrDefault())
{
    case "streaming":
        await StreamingBenchmark.RunAsync(Console.Out);
        return 0;
    case "append":
        await AppendBenchmark.RunAsync(Console.Out);
        return 0;
    case "memory":
        await ViewerMemoryBenchmark.RunAsync(Console.Out);
        return 0;
    case "opening":
        await OpeningBenchmark.RunAsync(Console.Out);
        return 0;
    case "first-delta":
        await FirstDeltaBenchmark.RunAsync(Console.Out);
        return 0;
    case "resources":
        await ResourceBenchmark.RunAsync(Console.Out);
        return 0;
    case "caching":
        await CachingBenchmark.RunAsync(Console.Out);
        return 0;
    case ModelServer.Argument:
        await ModelServer.ServeAsync(Console.In, Console.Out);
        return 0;
    default:
        Console.Error.WriteLine("Which benchmark? There are: streaming, append, memory, opening, first-delta, resources, caching");
        return 1;
}
