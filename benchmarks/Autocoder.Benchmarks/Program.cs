using Autocoder.Benchmarks.Streaming;

// One folder a subject. Run with: dotnet run -c Release --project benchmarks/Autocoder.Benchmarks -- streaming
switch (args.FirstOrDefault())
{
    case "streaming":
        await StreamingBenchmark.RunAsync(Console.Out);
        return 0;
    default:
        Console.Error.WriteLine("Which benchmark? There is: streaming");
        return 1;
}
