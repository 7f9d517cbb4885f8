using CloudPump.Cli;

using var signals = new StopSignals();
return await CloudPumpCommand.RunAsync(args, CommandContext.OfThisProcess(), signals.Stop);
