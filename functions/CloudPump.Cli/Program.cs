using CloudPump.Cli;

return await CloudPumpCommand.RunAsync(args, CommandContext.OfThisProcess());
