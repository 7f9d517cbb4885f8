System.Console.WriteLine("CloudPump");
