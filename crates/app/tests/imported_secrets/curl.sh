curl 'https://ada:§url password§@a.example.com/x?access_token=§url query§' -H 'Authorization: Bearer §header§' -H 'X-Api-Key: §second header§' -b 'sid=§cookie§; other=§second cookie§' --data-raw '{"password": "§json body§"}' --proxy 'http://ada:§proxy§@p.example.com:3128' --cert a.pem:§certificate§ --oauth2-bearer '§oauth2 bearer§'
curl https://a.example.com -u 'ada:§user§' --proxy-user 'ada:§proxy user§' --pass '§pass§'
curl https://a.example.com -d 'user=ada&password=§form§' --aws-sigv4 aws:amz:eu:s3 -u 'AKID:§aws§'
curl https://a.example.com -F 'password=§multipart§' --digest -u 'ada:§digest§'
